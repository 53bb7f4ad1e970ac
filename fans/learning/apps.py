"""Learning together."""

from django.apps import AppConfig


class LearningConfig(AppConfig):
    """Plans, what groups said, and what is done about it."""

    name = "fans.learning"
