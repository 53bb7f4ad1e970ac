"""Partners, partnerships, connections and tallies: the ties of a home."""

from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    """The room."""

    name = "fans.connections"

    def ready(self) -> None:
        """Say what becomes of reach where two records of one home become one."""
        from homes import merging

        merging.register("connections.Reach", merging.drop)
