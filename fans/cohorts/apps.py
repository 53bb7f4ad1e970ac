"""Which homes take part in the programme, and when; names no people."""

from django.apps import AppConfig


class CohortsConfig(AppConfig):
    """The room."""

    name = "fans.cohorts"
