"""What a home says to its score, what stands behind it, and who may see it."""

from django.apps import AppConfig


class RepliesConfig(AppConfig):
    """The part of the room."""

    name = "fans.openness.replies"
    label = "replies"

    def ready(self) -> None:
        """Say how long words stay."""
        from fans.openness.replies import retention

        retention.register_rules()
