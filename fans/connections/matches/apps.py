"""Volunteers and homes: who fits, with the reasons, and both sides say yes."""

from django.apps import AppConfig


class MatchesConfig(AppConfig):
    """The part of the room."""

    name = "fans.connections.matches"
    label = "matches"
