"""Look for places that are in the register twice."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from assets.twins.models import Sweep
from assets.twins.sweeping import sweep


class Command(BaseCommand):
    """Find pairs among what was saved since the last search, or among everything."""

    help = (
        "Look for places that are in the register twice, and list them for champions at "
        "/twins/. The same happens every night. Stopped, it goes on where it was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether to look at everything."""
        parser.add_argument(
            "--all", action="store_true", help="look at every place, changed or not"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Search, and say how far it is."""
        done = sweep(everything=options["all"], say=self._say)
        self.stdout.write(
            f"Looked at {done.looked_at:,} places, found {done.pairs_found:,} new pairs."
        )

    def _say(self, row: Sweep) -> None:
        if row.finished_at is None:
            self.stdout.write(f"{row.looked_at:,} looked at, {row.pairs_found:,} pairs so far")
