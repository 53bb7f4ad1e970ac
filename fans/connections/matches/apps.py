"""Volunteers and homes: who fits, with the reasons, and both sides say yes."""

from django.apps import AppConfig


class MatchesConfig(AppConfig):
    """The part of the room."""

    name = "fans.connections.matches"
    label = "matches"

    def ready(self) -> None:
        """Hear of volunteers who move; say how rows go over, and how long they stay."""
        from fans.connections.matches import hearing, merging, retention
        from fans.people.volunteers import signals
        from homes import merging as homes

        signals.changed.connect(hearing.follow, dispatch_uid="matches.follow")
        homes.register("matches.Match", merging.combine_homes)
        retention.register_rules()
