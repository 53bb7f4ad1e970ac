"""Volunteers: signing up, the pathway, vetting decisions, inductions, hours."""

from django.apps import AppConfig


class VolunteersConfig(AppConfig):
    """The part of the room."""

    name = "fans.people.volunteers"
    label = "volunteers"
