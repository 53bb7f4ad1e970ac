"""Where a tie is missing: places within reach that fit, with the reasons."""

from django.apps import AppConfig


class GapsConfig(AppConfig):
    """The part of the room."""

    name = "fans.connections.gaps"
    label = "gaps"
