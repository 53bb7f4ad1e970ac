"""Makes the migrations of a database with many records light."""

from django.apps import AppConfig


class MigratingConfig(AppConfig):
    """What every process that migrates begins with."""

    name = "config.migrating"

    def ready(self) -> None:
        """Let no class be made anew for a constraint, an index or a trigger."""
        from config.migrating.light import lighten

        lighten()
