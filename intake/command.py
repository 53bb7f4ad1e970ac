"""What every import command does alike: options, the printed report, exit code 2."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from intake.errors import IntakeError
from intake.report import Report
from intake.tables import ENCODINGS

REFUSED = 2
"""Exit code of a command whose file was refused."""


class IntakeCommand(BaseCommand):
    """A command over an outside file: a refused file is a sentence and exit code 2."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run the command; an ``IntakeError`` ends it with its own words."""
        try:
            return super().execute(*args, **options)
        except IntakeError as error:
            raise CommandError(str(error), returncode=REFUSED) from error
        except BrokenPipeError:  # the reader has seen enough, as in "| head"
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return None


class ImportCommand(IntakeCommand):
    """An importer: takes a file, prints its report, writes nothing with ``--dry-run``."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Add what all importers share; subclasses extend it."""
        parser.add_argument("file")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, write nothing"
        )
        parser.add_argument(
            "--encoding", choices=ENCODINGS, default="utf-8", help="how the file is written"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the import and print its report."""
        for line in self.run_import(**options).lines():
            self.stdout.write(line)
        if options["dry_run"]:
            self.stdout.write("This was a dry run: nothing has been written.")

    def run_import(self, **options: Any) -> Report:
        """Import ``options["file"]`` and return the report."""
        raise NotImplementedError
