"""Photos on a log entry: the home's own, public only with permission held, until a day."""

from django.apps import AppConfig


class PicturesConfig(AppConfig):
    """The part of the room."""

    name = "fans.connections.pictures"
    label = "connection_pictures"
