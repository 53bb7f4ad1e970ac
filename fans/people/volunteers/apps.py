"""Volunteers: signing up, the pathway, vetting decisions, inductions, hours."""

from django.apps import AppConfig


class VolunteersConfig(AppConfig):
    """The part of the room."""

    name = "fans.people.volunteers"
    label = "volunteers"

    def ready(self) -> None:
        """Hear of consents that are taken back; say whose roles a lead looks after."""
        from fans.people.consent import signals
        from fans.people.giving import register_people
        from fans.people.volunteers.accompanied import people_accompanied
        from fans.people.volunteers.hearing import rest_without_consent

        signals.withdrawn.connect(rest_without_consent, dispatch_uid="volunteers.rest")
        register_people("volunteer", people_accompanied)
