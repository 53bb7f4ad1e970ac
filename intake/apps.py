"""The door for outside files."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Imports and their reports."""

    name = "intake"
    verbose_name = "imports"
