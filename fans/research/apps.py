"""De-identified extracts for researchers."""

from django.apps import AppConfig


class ResearchConfig(AppConfig):
    """The room."""

    name = "fans.research"
