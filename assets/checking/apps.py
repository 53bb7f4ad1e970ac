"""When each fact of a place was last looked at, and when it is time to look again."""

from django.apps import AppConfig


class ChecksConfig(AppConfig):
    """The part of the room."""

    name = "assets.checking"
    label = "checking"
