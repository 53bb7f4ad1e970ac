"""The lived part of every home, scored by the database itself."""

from django.apps import AppConfig


class LivedConfig(AppConfig):
    """The part of the room."""

    name = "fans.openness.lived"
    label = "lived"

    def ready(self) -> None:
        """Say what becomes of two homes that turn out to be one: what stays is scored anew."""
        from homes import merging

        merging.register("lived.LivedScore", merging.drop)
        merging.register("lived.Difference", merging.drop)
