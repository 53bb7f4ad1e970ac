"""Community assets."""

from django.apps import AppConfig


class AssetsConfig(AppConfig):
    """The register of community assets."""

    name = "assets"
    verbose_name = "community assets"
