"""Check rounds: a few places near somebody to look at on one walk."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    """The part of the room."""

    name = "assets.rounds"
    label = "rounds"

    def ready(self) -> None:
        """Say what becomes of stops where two places become one: it is looked at once."""
        from assets.twins import registry

        registry.register("rounds.Stop", words=("stop on a round", "stops on rounds"))
