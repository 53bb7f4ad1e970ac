"""The trend between waves: the lived part month by month."""

from django.apps import AppConfig


class PulseConfig(AppConfig):
    """The part of the room."""

    name = "fans.openness.pulse"
    label = "pulse"
