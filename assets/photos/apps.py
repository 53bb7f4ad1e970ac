"""Photos of places: written anew, looked at before the public sees them."""

from django.apps import AppConfig


class PhotosConfig(AppConfig):
    """The part of the room."""

    name = "assets.photos"
    label = "photos"

    def ready(self) -> None:
        """Let photos be uploaded, and files go with their photos."""
        from django.conf import settings
        from django.db.models.signals import post_delete

        from assets.photos.files import forget
        from assets.photos.models import Photo
        from intake.uploads import take_files

        take_files("photos.add", lambda: settings.PHOTO_LIMITS["bytes"])
        post_delete.connect(forget, sender=Photo, dispatch_uid="photos.forget")
