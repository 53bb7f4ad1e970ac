"""What is held on a person: the pack of it, erasure, how long it is kept."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """The part of the room."""

    name = "fans.people.privacy"
    label = "privacy"
