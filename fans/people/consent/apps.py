"""Who agreed to what wording, when and how, and when they took it back."""

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    """The part of the room."""

    name = "fans.people.consent"
    label = "consent"
