"""Check rounds: a few places near somebody to look at on one walk."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    """The part of the room."""

    name = "assets.rounds"
    label = "rounds"
