"""Whom to call when somebody is worried; no reports are taken here."""

from django.apps import AppConfig


class SafeguardingConfig(AppConfig):
    """The part of the room."""

    name = "fans.people.safeguarding"
    label = "safeguarding"
