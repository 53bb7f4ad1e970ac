"""What commissioners see of many homes together, never of one."""

from django.apps import AppConfig


class AggregatesConfig(AppConfig):
    """The part of the room."""

    name = "fans.openness.aggregates"
    label = "aggregates"
