"""What is held on a person: the pack of it, erasure, how long it is kept."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """The part of the room."""

    name = "fans.people.privacy"
    label = "privacy"

    def ready(self) -> None:
        """Say what this room and those below it hold on people."""
        from fans.people.privacy import kinds, refused, retention_all
        from fans.people.volunteers import signals

        kinds.register_all()
        retention_all.register_rules()
        signals.refused.connect(refused.forget, dispatch_uid="privacy.refused")
