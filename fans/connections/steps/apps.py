"""The three getting-started steps of a home, as guided screens."""

from django.apps import AppConfig


class StepsConfig(AppConfig):
    """The part of the room."""

    name = "fans.connections.steps"
    label = "steps"

    def ready(self) -> None:
        """Say how rows go over where two places or two homes become one."""
        from fans.connections.steps import merging

        merging.register_rules()
