"""Partners, partnerships, connections and tallies: the ties of a home."""

from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    """The room."""

    name = "fans.connections"

    def ready(self) -> None:
        """Say how rows go over where two become one, what is tied, and how long notes stay."""
        from assets.checking import minding
        from fans.connections import merging as merging_places
        from fans.connections import retention, tied
        from homes import merging

        retention.register_rules()
        merging.register("connections.Reach", merging.drop)
        merging_places.register_rules()
        minding.register(tied.tied_assets)
