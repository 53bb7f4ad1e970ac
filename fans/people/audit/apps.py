"""Who changed what, and who read what about people."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The part of the room."""

    name = "fans.people.audit"
    label = "audit"
