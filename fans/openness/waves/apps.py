"""The life of a wave: windows, events, reminders, closing, what came after."""

from django.apps import AppConfig


class WavesConfig(AppConfig):
    """The part of the room."""

    name = "fans.openness.waves"
    label = "waves"

    def ready(self) -> None:
        """Say what rows are, and how long their words are kept."""
        from fans.openness.waves import holding, retention

        retention.register_rules()
        holding.describe_rows()
