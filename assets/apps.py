"""Community assets."""

from django.apps import AppConfig


class AssetsConfig(AppConfig):
    """The register of community assets."""

    name = "assets"
    verbose_name = "community assets"

    def ready(self) -> None:
        """Make the importer known."""
        from assets.importer import AssetImporter
        from intake.importers import register

        register(AssetImporter())
