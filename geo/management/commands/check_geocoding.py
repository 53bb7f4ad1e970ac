"""Check the gazetteer against a file that has both postcodes and points."""

import math
import sys
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import CommandParser

from geo.geocoding_check import check_geocoding
from intake.command import IntakeCommand
from intake.source import SourceFile


class Command(IntakeCommand):
    """Say how many rows are found within some metres; exit code 1 unless all are."""

    help = "Compare where postcodes are put with the points of a CSV file."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and the tolerance."""
        parser.add_argument("file", help="CSV with postcode, longitude and latitude")
        parser.add_argument("--within", type=_metres, required=True, metavar="METRES")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the result and every row that fails."""
        source = SourceFile.open(options["file"])
        result = check_geocoding(source, within_m=options["within"])
        for line in result.lines():
            self.stdout.write(line)
        if result.failures:
            sys.exit(1)


def _metres(text: str) -> float:
    metres = float(text)
    if not (math.isfinite(metres) and metres > 0):
        raise ArgumentTypeError("a number of metres above 0")
    return metres
