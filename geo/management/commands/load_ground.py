"""Load the outlines and place names that ship with the project."""

from typing import Any

from django.core.management.base import BaseCommand

from geo.ground import load_ground


class Command(BaseCommand):
    """Part of set-up; may be run as often as one likes."""

    help = "Load areas and place names, so that the map works without any file from outside."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load them and say how many."""
        ground = load_ground()
        self.stdout.write(
            f"{ground.areas:,} areas, {ground.places:,} places, "
            f"{ground.codes:,} authority codes noted"
        )
