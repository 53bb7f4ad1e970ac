"""Where a tie is missing: places within reach that fit, with the reasons."""

from django.apps import AppConfig


class GapsConfig(AppConfig):
    """The part of the room."""

    name = "fans.connections.gaps"
    label = "gaps"

    def ready(self) -> None:
        """Say how rows go over where two become one, and how long words stay."""
        from fans.connections.gaps import merging, retention

        merging.register_rules()
        retention.register_rules()
