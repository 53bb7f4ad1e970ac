"""Care homes."""

from django.apps import AppConfig


class HomesConfig(AppConfig):
    """The register of care homes."""

    name = "homes"
    verbose_name = "care homes"

    def ready(self) -> None:
        """Let registers be uploaded."""
        from homes.importer import HomesImporter
        from intake import importers

        importers.register(HomesImporter())
