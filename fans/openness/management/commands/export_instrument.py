"""``export_instrument VERSION``: print one version of the instrument as JSON."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fans.openness.instruments.canonical import instrument_as_text
from fans.openness.instruments.reports import version


class Command(BaseCommand):
    """Print a version as it goes out on screen: the same version, the same bytes."""

    help = "Print one version of the openness instrument as JSON, drafts included."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the version's name."""
        parser.add_argument("version_name", metavar="VERSION", help="such as v1")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it."""
        found = version(options["version_name"], with_drafts=True)
        if found is None:
            raise CommandError(
                f"There is no version {options['version_name']!r}.", returncode=2
            )
        self.stdout.write(instrument_as_text(found.instrument), ending="")
