"""Import a care home register that the operator has downloaded."""

from collections.abc import Mapping
from typing import Any

from django.core.management.base import CommandParser

from homes.register_sync import IMPORTER, import_homes
from homes.registers.layouts import AUTO, LAYOUTS
from intake.command import ImportCommand
from intake.report import Report


class Command(ImportCommand):
    """``import_homes FILE``: new, changed, same, gone, and questions."""

    importer = IMPORTER
    help = (
        "Import a care home register: the CQC's directory with filters (122 columns, .ods "
        "or CSV), its directory (15 columns), or a council's slice."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the layout, and leave to end many registrations."""
        super().add_arguments(parser)
        parser.add_argument("--layout", choices=[AUTO, *LAYOUTS], default=AUTO)
        parser.add_argument(
            "--allow-vanished",
            action="store_true",
            help="end registrations even where more than a fifth are no longer listed",
        )

        parser.add_argument(
            "--part",
            action="store_true",
            help="the file is only a part of its councils' register: nothing ends",
        )

    def job_options(self, options: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return what the form beside an upload asks."""
        return {**options, "whole": not options["part"]}

    def run_import(self, **options: Any) -> Report:
        """Import the file."""
        return import_homes(
            options["file"],
            layout=options["layout"],
            encoding=options["encoding"],
            dry_run=options["dry_run"],
            allow_vanished=options["allow_vanished"],
            whole=not options["part"],
        )
