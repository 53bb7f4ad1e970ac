"""What waits for somebody: the work list, and one mail a day at most."""

from django.apps import AppConfig


class NudgesConfig(AppConfig):
    """The part of the room."""

    name = "fans.connections.nudges"
    label = "nudges"

    def ready(self) -> None:
        """Say what rows are, and how long they are kept."""
        from fans.connections.nudges import holding, retention

        retention.register_rules()
        holding.describe_rows()
