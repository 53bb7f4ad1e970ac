"""A month of the log in one grid, and the sheet of paper that it is copied from."""

from django.apps import AppConfig


class GridConfig(AppConfig):
    """The part of the room."""

    name = "fans.connections.grid"
    label = "grid"
