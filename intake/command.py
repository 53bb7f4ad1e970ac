"""What every import command does alike: options, the printed report, exit code 2."""

import os
import sys
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from intake.errors import IntakeError
from intake.importers import importer_named
from intake.jobs import start_job
from intake.limits import import_limits
from intake.report import Report
from intake.source import SourceFile
from intake.tables import ENCODINGS
from intake.uploads import keep_copy

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


class BackgroundCommand(IntakeCommand):
    """A command that may leave a file to the worker, for somebody to look at first."""

    # The slug of the importer that takes the file; "" where none does.
    importer: str = ""

    def add_background(self, parser: CommandParser) -> None:
        """Add the option."""
        parser.add_argument(
            "--in-background",
            action="store_true",
            help="only read and compare, in the background: the page whose address is "
            "printed shows what the file would do, and brings it in",
        )

    def start_in_background(self, file: str, given: Mapping[str, Any]) -> None:
        """Keep a copy of the file, make an import of it and print its address.

        ``given``: what the importer's form asks, by the names of its fields.

        Raises:
            IntakeError: the file cannot be read, or an option makes no sense.
        """
        form = importer_named(self.importer).options_form(data=dict(given))
        if not form.is_valid():
            said = (
                f"{name}: {' '.join(map(str, words))}" for name, words in form.errors.items()
            )
            raise IntakeError(" ".join(said))
        kept = keep_copy(SourceFile.open(file, most_bytes=import_limits().packed_bytes))
        job = start_job(importer=self.importer, kept=kept, options=form.cleaned_data, by=None)
        address = reverse("intake:job", args=[job.pk])
        self.stdout.write(f"Waiting to be read: {settings.SITE_URL}{address}")
        self.stdout.write("Nothing is written until somebody brings it in there.")


class ImportCommand(BackgroundCommand):
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
        if self.importer:
            self.add_background(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the import and print its report, or leave it to the worker."""
        if options.get("in_background"):
            self.start_in_background(options["file"], self.job_options(options))
            return
        for line in self.run_import(**options).lines():
            self.stdout.write(line)
        if options["dry_run"]:
            self.stdout.write("This was a dry run: nothing has been written.")

    def job_options(self, options: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the command's options under the names that the importer's form has."""
        return options

    def run_import(self, **options: Any) -> Report:
        """Import ``options["file"]`` and return the report."""
        raise NotImplementedError
