"""Mail that leaves: queued, stopped by whoever gets it, bounced."""

from django.apps import AppConfig


class PostConfig(AppConfig):
    """The part of the room."""

    name = "fans.people.post"
    label = "post"
