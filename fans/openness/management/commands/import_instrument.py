"""``import_instrument FILE.json``: take in a version of the instrument as a draft."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fans.openness.errors import OpennessError
from fans.openness.instruments.services import draft_from_json


class Command(BaseCommand):
    """Take in a file whole or not at all; publishing it is done on screen."""

    help = "Take in a version of the openness instrument from a JSON file, as a draft."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the one file."""
        parser.add_argument("file", type=Path, metavar="FILE.json")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take it in, or say with its path what is wrong."""
        file: Path = options["file"]
        try:
            row = draft_from_json(document=file.read_bytes())
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.", returncode=2) from error
        except OpennessError as error:
            raise CommandError(f"{file}: {error}", returncode=2) from error
        self.stdout.write(f"{row.version} is here, as a draft.")
