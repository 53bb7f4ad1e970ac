"""``remove_demo``: take the made-up locality away."""

from typing import Any

from django.core.management.base import BaseCommand

from config.demo.remove import remove


class Command(BaseCommand):
    """Delete the demo's rows and its passwords."""

    help = "Take the demo away, with what was entered in it. Nothing else is touched."

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete, and say how much."""
        removed = remove()
        self.stdout.write(
            f"The demo is gone: {removed} rows." if removed else "There was no demo."
        )
