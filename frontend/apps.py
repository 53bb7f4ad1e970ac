"""The pages that show several rooms."""

from django.apps import AppConfig


class FrontendConfig(AppConfig):
    """The room."""

    name = "frontend"
    verbose_name = "Pages"

    def ready(self) -> None:
        """Let homes be named where somebody says what a place is near to."""
        from assets.landmarks import register
        from frontend.landmarks import find_homes

        register("homes", find_homes)
