"""The three getting-started steps of a home, as guided screens."""

from django.apps import AppConfig


class StepsConfig(AppConfig):
    """The part of the room."""

    name = "fans.connections.steps"
    label = "steps"
