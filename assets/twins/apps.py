"""Two records of one place: found, told apart for good, merged, and the merging undone."""

from django.apps import AppConfig


class TwinsConfig(AppConfig):
    """The part of the room."""

    name = "assets.twins"
    label = "twins"
