"""Who changed what, and who read what about people."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The part of the room."""

    name = "fans.people.audit"
    label = "audit"

    def ready(self) -> None:
        """Hear from the core of the room that rows about people are shown."""
        from fans.people.audit import reads
        from fans.people.signals import people_shown

        people_shown.connect(reads.note_shown, dispatch_uid="audit_people_shown")
