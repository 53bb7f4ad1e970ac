"""The life of a wave: windows, events, reminders, closing, what came after."""

from django.apps import AppConfig


class WavesConfig(AppConfig):
    """The part of the room."""

    name = "fans.openness.waves"
    label = "waves"
