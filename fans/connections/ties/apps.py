"""The life of a tie: asked, agreed, active, quiet, ended; both sides say yes."""

from django.apps import AppConfig


class TiesConfig(AppConfig):
    """The part of the room."""

    name = "fans.connections.ties"
    label = "ties"
