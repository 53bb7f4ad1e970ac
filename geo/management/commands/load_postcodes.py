"""Load the postcodes of the country, or of some districts, from a gazetteer."""

import signal
import sys
from types import FrameType
from typing import Any

from django.core.management.base import CommandError, CommandParser

from geo.areas import note_authority_codes
from geo.gazetteers import read_code_point_open, read_package
from geo.loading import load_all, load_some
from geo.postcodes import parse_area, parse_outcode
from intake.command import IntakeCommand
from intake.limits import import_limits
from intake.source import SourceFile

PACKAGE = "package"
STOPPED = 143  # what a shell reports of a command that SIGTERM ended


class Command(IntakeCommand):
    """Fill the gazetteer; safe to kill and to repeat."""

    help = (
        "Load postcodes from the package that comes with the project, or from the zip file "
        "of OS Code-Point Open. The old ones serve until the new ones stand complete."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a source and, for the demo, some districts."""
        parser.add_argument("file", nargs="?", help="codepo_gb.zip; or use --from package")
        parser.add_argument("--from", dest="source", metavar="package|FILE")
        parser.add_argument(
            "--only",
            metavar="M33,WA14",
            help="only these districts or areas, beside what is there",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, telling progress; stop cleanly when told to."""
        source = options["source"] or options["file"] or PACKAGE
        if options["source"] and options["file"]:
            raise CommandError("Name one source: --from package, or a file.", returncode=2)
        wanted = _districts(options["only"])
        before = signal.signal(signal.SIGTERM, _interrupt)
        try:
            self._load(source, wanted)
        except KeyboardInterrupt:
            self.stderr.write("Stopped: the postcodes are as they were before.")
            sys.exit(STOPPED)
        finally:
            signal.signal(signal.SIGTERM, before)

    def _load(self, source: str, wanted: list[str]) -> None:
        if source == PACKAGE:
            chunks, name, file = read_package(wanted), PACKAGE, ""
        else:
            opened = SourceFile.open(source, most_bytes=import_limits().packed_bytes)
            chunks, name, file = read_code_point_open(opened, wanted), "file", opened.name
        if wanted:
            some = load_some(chunks, file=file, say=self._say)
            if some is None:
                self._say("All postcodes are loaded already: nothing to do")
                return
            loaded = some
        else:
            loaded = load_all(chunks, source=name, file=file, say=self._say)
            self._say("Noting which local authority is which")
            note_authority_codes()
        for sentence in loaded.sentences():
            self._say(sentence)

    def _say(self, sentence: str) -> None:
        # At once: the last line is read from a log while this runs.
        self.stdout.write(sentence)
        self.stdout.flush()


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Turn SIGTERM into what psycopg answers by cancelling the running statement."""
    raise KeyboardInterrupt


def _districts(text: str | None) -> list[str]:
    if text is None:
        return []
    found = []
    for part in text.split(","):
        name = parse_outcode(part) or parse_area(part)
        if name is None:
            raise CommandError(
                f"--only: “{part.strip()}” is neither a district (M33) nor an area (WA).",
                returncode=2,
            )
        found.append(name)
    return found
