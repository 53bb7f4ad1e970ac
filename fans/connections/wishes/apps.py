"""What people in a home would love to do, pegged up without a name."""

from django.apps import AppConfig


class WishesConfig(AppConfig):
    """The part of the room."""

    name = "fans.connections.wishes"
    label = "wishes"
