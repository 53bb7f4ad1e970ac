"""The quick log: what happened, noted by staff without an account from a printed code."""

from django.apps import AppConfig


class QuickConfig(AppConfig):
    """The part of the room."""

    name = "fans.connections.quick"
    label = "quick"

    def ready(self) -> None:
        """Say how long is kept what was noted."""
        from fans.connections.quick import retention

        retention.register_rules()
