"""Answers of people without accounts: by code, on a tablet, a phone or paper."""

from django.apps import AppConfig


class RespondConfig(AppConfig):
    """The part of the room."""

    name = "fans.openness.respond"
    label = "respond"
