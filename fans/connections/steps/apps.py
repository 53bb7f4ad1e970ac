"""The three getting-started steps of a home, as guided screens."""

from django.apps import AppConfig


class StepsConfig(AppConfig):
    """The part of the room."""

    name = "fans.connections.steps"
    label = "steps"

    def ready(self) -> None:
        """Say how rows go over where two become one, what is held, and how long."""
        from fans.connections.steps import holding, merging, retention

        merging.register_rules()
        holding.register()
        retention.register_rules()
