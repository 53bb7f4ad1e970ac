"""Lets go of what is kept no longer."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fans.people.privacy.errors import AlreadyRunningError
from fans.people.privacy.retention import rules
from fans.people.privacy.retention_runs import run


class Command(BaseCommand):
    """Run every rule, or count what each would let go of."""

    help = "Let go of what is kept no longer (docs/retention.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the wish to look first."""
        parser.add_argument("--dry-run", action="store_true", help="count, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run, and say how many rows of what."""
        try:
            row = run(dry=options["dry_run"])
        except AlreadyRunningError as error:
            raise CommandError(str(error)) from error
        for rule in rules():
            if count := row.counts.get(rule.slug):
                self.stdout.write(f"{count:7} {rule.label}")
        verb = "would be let go of" if row.is_dry else "let go of"
        self.stdout.write(f"{row.total:7} in all {verb}.")
        if row.failed:
            raise CommandError(f"Failed, and changed nothing: {', '.join(row.failed)}")
