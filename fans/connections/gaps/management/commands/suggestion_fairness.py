"""``suggestion_fairness``: who comes first in suggestions, beside who there is."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fans.connections.gaps.fairness import FIRST, shares_of
from homes.models import Home


class Command(BaseCommand):
    """Print each watched group's share among all places looked at and among the first."""

    help = "Say whether small groups and unchecked places get their due in suggestions."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how many homes to look at."""
        parser.add_argument(
            "--homes", type=int, default=500, help="at most so many, by number (500)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, and print a table."""
        if options["homes"] < 1:
            raise CommandError("--homes takes a number from 1 on.")
        homes = Home.objects.filter(location__isnull=False).order_by("pk")[: options["homes"]]
        if not (count := len(homes)):
            raise CommandError("No home has a place on the map.")
        columns = [f"first {most}" for most in FIRST]
        self.stdout.write(f"{count} homes: share of all looked at, of the first, times its due")
        for share in shares_of(homes):
            told = [f"all {share.among_candidates:6.1%}"]
            told += [
                f"{name} {share.among_first(most):6.1%} ({share.parity(most):.2f})"
                for name, most in zip(columns, FIRST, strict=True)
            ]
            self.stdout.write(f"{share.label:42}{'   '.join(told)}")
