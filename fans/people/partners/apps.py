"""Partners keep their own entry right: the mailed question, and the claim on a place."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """The part of the room."""

    name = "fans.people.partners"
    label = "partners"
