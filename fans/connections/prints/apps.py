"""What a home prints: welcome card, poster, thank-you card, certificate."""

from django.apps import AppConfig


class PrintsConfig(AppConfig):
    """The part of the room."""

    name = "fans.connections.prints"
    label = "prints"
