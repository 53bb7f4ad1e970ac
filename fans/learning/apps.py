"""Learning together."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """Plans, conversations and reports."""

    name = "fans.learning"
