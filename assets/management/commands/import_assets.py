"""Take in assets from map files, tables and feeds."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management.base import CommandParser

from assets import categories, mapping_files
from assets.importing import import_assets
from assets.models import AssetSource
from assets.options import SOURCES
from assets.oruk_feed import fetch_feed
from assets.writing import IMPORTER
from intake.command import BackgroundCommand
from intake.errors import IntakeError
from intake.tables import ENCODINGS


class Command(BackgroundCommand):
    """Import assets; several files are one import, taken whole or not at all."""

    importer = IMPORTER
    help = (
        "Import community assets. osm: GeoJSON with OpenStreetMap's tags and ids, or what the "
        "Overpass API gives as JSON. geojson: any other GeoJSON; csv: a table (CSV or .ods); "
        "their columns are found by their headers, or as --mapping says. oruk: services of an "
        "Open Referral UK 3.0 feed, as a file or by its address. An id is read as the file's "
        "own, so keep a file's name from run to run."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take files, their source, and what they do not say themselves."""
        parser.add_argument("files", nargs="+", metavar="FILE_OR_URL")
        parser.add_argument(
            "--source", choices=[source.value for source in SOURCES], required=True
        )
        parser.add_argument(
            "--mapping",
            default="",
            metavar="FILE|NAME",
            help=f"what the columns of a table are: {', '.join(mapping_files.names())}, or a "
            "mapping file; a known layout is found by its headers",
        )
        parser.add_argument(
            "--category",
            choices=categories.SLUGS,
            metavar="SLUG",
            help="what all rows of a table or GeoJSON file are; of a feed, those whose terms "
            "are not known",
        )
        parser.add_argument(
            "--licence", default="", metavar="TEXT", help="the licence of the files' data"
        )
        parser.add_argument(
            "--encoding", choices=ENCODINGS, default="utf-8", help="how a table is written"
        )
        parser.add_argument(
            "--part",
            action="store_true",
            help="the files are only a part: nothing is asked about what they do not list",
        )
        parser.add_argument(
            "--allow-vanished",
            action="store_true",
            help="ask about places even where more than a fifth are no longer listed",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, write nothing"
        )
        self.add_background(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the import and print its report."""
        source = AssetSource(options["source"])
        with ExitStack() as stack:
            paths = [stack.enter_context(_at_hand(name, source)) for name in options["files"]]
            if options["in_background"]:
                for path in paths:
                    given = {**options, "whole": not options["part"]}
                    self.start_in_background(str(path), given)
                return
            result = import_assets(
                paths=paths,
                source=source,
                mapping=options["mapping"],
                category=options["category"],
                licence=options["licence"],
                encoding=options["encoding"],
                whole=not options["part"],
                allow_vanished=options["allow_vanished"],
                dry_run=options["dry_run"],
            )
        for line in result.lines():
            self.stdout.write(line)
        if options["dry_run"]:
            self.stdout.write("This was a dry run: nothing has been written.")


@contextmanager
def _at_hand(name: str, source: AssetSource) -> Iterator[Path]:
    """Give a file as it is, and what an address answers as a file while it is needed."""
    if not name.startswith(("https://", "http://")):
        yield Path(name)
        return
    if source != AssetSource.ORUK:
        raise IntakeError("only feeds (--source oruk) are taken by their address")
    with TemporaryDirectory(prefix="fans-feed-") as folder:
        yield fetch_feed(name, into=Path(folder))
