"""The quick log: what happened, noted by staff without an account from a printed code."""

from django.apps import AppConfig


class QuickConfig(AppConfig):
    """The part of the room."""

    name = "fans.connections.quick"
    label = "quick"
