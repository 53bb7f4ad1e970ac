"""Community assets."""

from django.apps import AppConfig


class AssetsConfig(AppConfig):
    """The register of community assets."""

    name = "assets"
    verbose_name = "community assets"

    def ready(self) -> None:
        """Make the importer known, and what the count pyramid counts."""
        from assets.cells import COUNTED
        from assets.importer import AssetImporter
        from geo import pyramid
        from intake.importers import register

        register(AssetImporter())
        pyramid.register(COUNTED)
