"""The welcome card: what a visitor to a home is told before they come."""

from django.apps import AppConfig


class WelcomeConfig(AppConfig):
    """The part of the room."""

    name = "homes.welcome"
    label = "welcome"
