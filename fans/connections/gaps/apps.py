"""Where a tie is missing: places within reach that fit, with the reasons."""

from django.apps import AppConfig


class GapsConfig(AppConfig):
    """The part of the room."""

    name = "fans.connections.gaps"
    label = "gaps"

    def ready(self) -> None:
        """Say what rows are, how they go over where two become one, how long words stay."""
        from fans.connections.gaps import holding, merging, retention

        holding.describe_rows()
        merging.register_rules()
        retention.register_rules()
