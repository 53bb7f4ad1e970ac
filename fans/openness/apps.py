"""How open a home is to its community: instrument, waves, answers, score."""

from django.apps import AppConfig


class OpennessConfig(AppConfig):
    """The room."""

    name = "fans.openness"
