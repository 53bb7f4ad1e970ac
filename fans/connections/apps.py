"""Partners, partnerships, connections and tallies: the ties of a home."""

from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    """The room."""

    name = "fans.connections"

    def ready(self) -> None:
        """Say what becomes of reach where two homes become one, and how long notes stay."""
        from fans.connections import retention
        from homes import merging

        retention.register_rules()
        merging.register("connections.Reach", merging.drop)
