"""Photos on a log entry: the home's own, public only with permission held, until a day."""

from django.apps import AppConfig


class PicturesConfig(AppConfig):
    """The part of the room."""

    name = "fans.connections.pictures"
    label = "connection_pictures"

    def ready(self) -> None:
        """Let photos be uploaded, files go with their photos, and old ones go."""
        from django.conf import settings
        from django.db.models.signals import post_delete

        from assets.photos.files import forget
        from fans.connections.pictures import holding, retention
        from fans.connections.pictures.models import Picture
        from intake.uploads import take_files

        take_files("pictures.keep", lambda: settings.PHOTO_LIMITS["bytes"])
        post_delete.connect(forget, sender=Picture, dispatch_uid="connection_pictures.forget")
        holding.register()
        retention.register_rules()
