"""Photos of places: written anew, looked at before the public sees them."""

from django.apps import AppConfig


class PhotosConfig(AppConfig):
    """The part of the room."""

    name = "assets.photos"
    label = "photos"
