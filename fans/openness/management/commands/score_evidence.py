"""``score_evidence FILE.json``: score a file without touching the database."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fans.openness.errors import RefusedError
from fans.openness.evidence import Evidence, read_evidence
from fans.openness.instrument_file import published
from fans.openness.score import score, score_as_json


class Command(BaseCommand):
    """Score an evidence, or a list of them, and print the score, or a list of scores."""

    help = "Score a JSON file that holds an evidence, or a list of them."
    requires_system_checks: list[str] = []  # no check may ask for a database

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the one file."""
        parser.add_argument("file", type=Path, metavar="FILE.json")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the scores; one refused item refuses the file."""
        file: Path = options["file"]
        try:
            evidence = read_evidence(file.read_bytes(), published())
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.", returncode=2) from error
        except RefusedError as error:
            raise CommandError(f"{file}: {error}", returncode=2) from error
        if isinstance(evidence, list):
            found: object = [_scored(each) for each in evidence]
        else:
            found = _scored(evidence)
        self.stdout.write(json.dumps(found, indent=2, allow_nan=False))


def _scored(evidence: Evidence) -> dict[str, object]:
    return score_as_json(score(published()[evidence.instrument], evidence))
