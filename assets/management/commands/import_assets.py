"""Take in assets from map files."""

from typing import Any

from django.core.management.base import CommandParser

from assets import categories
from assets.importing import import_assets
from assets.models import AssetSource
from intake.command import IntakeCommand

SOURCES = (AssetSource.OSM.value, AssetSource.GEOJSON.value)


class Command(IntakeCommand):
    """Import assets; several files are one import, taken whole or not at all."""

    help = (
        "Import community assets. osm: GeoJSON with OpenStreetMap's tags and ids, or what the "
        "Overpass API gives as JSON. geojson: any other GeoJSON; its columns are found by "
        "their headers. An id is read as the file's own, so keep a file's name from run to run."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take files, their source, and what they do not say themselves."""
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--source", choices=SOURCES, required=True)
        parser.add_argument(
            "--category",
            choices=categories.SLUGS,
            metavar="SLUG",
            help="what all rows of a GeoJSON file are",
        )
        parser.add_argument(
            "--licence", default="", metavar="TEXT", help="the licence of the files' data"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, write nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the import and print its report."""
        result = import_assets(
            paths=options["files"],
            source=AssetSource(options["source"]),
            category=options["category"],
            licence=options["licence"],
            dry_run=options["dry_run"],
        )
        for line in result.lines():
            self.stdout.write(line)
        if options["dry_run"]:
            self.stdout.write("This was a dry run: nothing has been written.")
