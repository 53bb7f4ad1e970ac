"""Answers of people without accounts: by code, on a tablet, a phone or paper."""

from django.apps import AppConfig


class RespondConfig(AppConfig):
    """The part of the room."""

    name = "fans.openness.respond"
    label = "respond"

    def ready(self) -> None:
        """Say how long is kept what was begun."""
        from fans.openness.respond import retention

        retention.register_rules()
