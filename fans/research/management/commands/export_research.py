"""``export_research --study NAME --out FILE.zip``: take a study's extract on the server."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from fans.research.errors import ResearchError
from fans.research.models import Study
from fans.research.services import save_extract


class Command(BaseCommand):
    """Write the de-identified extract of one study into a zip file, and log it."""

    help = "Write the de-identified extract of a study into a zip file."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the study's name and the file."""
        parser.add_argument("--study", required=True, metavar="NAME")
        parser.add_argument("--out", required=True, type=Path, metavar="FILE.zip")
        parser.add_argument(
            "--force", action="store_true", help="replace the file if it is there"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file, or say in a sentence why not and leave nothing behind."""
        out: Path = options["out"]
        study = Study.objects.filter(name=options["study"]).select_related("cohort").first()
        if study is None:
            raise CommandError(_unknown(options["study"]), returncode=2)
        try:
            extract = save_extract(study=study, out=out, force=options["force"])
        except ResearchError as error:
            raise CommandError(str(error), returncode=2) from error
        except OSError as error:
            raise CommandError(f"{out}: {error.strerror}.", returncode=2) from error
        rows = ", ".join(f"{name} {n}" for name, n in extract.counts["rows"].items())
        self.stdout.write(f"{out}: {rows}\nsha256 {extract.sha256}")


def _unknown(name: str) -> str:
    known = list(Study.objects.values_list("name", flat=True))
    there_are = f"There are: {'; '.join(known)}." if known else "There is none yet: make_study."
    return f"There is no study named “{name}”. {there_are}"
