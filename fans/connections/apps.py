"""Partners, partnerships, connections and tallies: the ties of a home."""

from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    """The room."""

    name = "fans.connections"
