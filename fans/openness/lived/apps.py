"""The lived part of every home, scored by the database itself."""

from django.apps import AppConfig


class LivedConfig(AppConfig):
    """The part of the room."""

    name = "fans.openness.lived"
    label = "lived"
