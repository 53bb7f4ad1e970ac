"""What waits for somebody: the work list, and one mail a day at most."""

from django.apps import AppConfig


class NudgesConfig(AppConfig):
    """The part of the room."""

    name = "fans.connections.nudges"
    label = "nudges"
