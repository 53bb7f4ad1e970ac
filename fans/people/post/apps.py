"""Mail that leaves: queued, stopped by whoever gets it, bounced."""

from django.apps import AppConfig


class PostConfig(AppConfig):
    """The part of the room."""

    name = "fans.people.post"
    label = "post"

    def ready(self) -> None:
        """Hear what a mail provider tells of mail that came back."""
        from anymail.signals import tracking

        from fans.people.post import events

        tracking.connect(events.hear, dispatch_uid="post_events")
