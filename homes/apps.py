"""Care homes."""

from django.apps import AppConfig


class HomesConfig(AppConfig):
    """The register of care homes."""

    name = "homes"
    verbose_name = "care homes"
