"""The life of a tie: asked, agreed, active, quiet, ended; both sides say yes."""

from django.apps import AppConfig


class TiesConfig(AppConfig):
    """The part of the room."""

    name = "fans.connections.ties"
    label = "ties"

    def ready(self) -> None:
        """Say how long words are kept, and what rows are called where two places become one."""
        from assets.twins import registry
        from fans.connections.ties import retention

        retention.register_rules()
        registry.register_words("ties.Approach", "time of asking", "times of asking")
        registry.register_words("ties.TieEvent", "step of a tie", "steps of ties")
