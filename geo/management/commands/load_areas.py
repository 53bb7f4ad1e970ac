"""Load official boundaries over those that ship with the project."""

from typing import Any

from django.core.management.base import CommandParser

from geo.areas import Reading, import_areas
from geo.models import AreaKind
from intake.command import ImportCommand
from intake.limits import import_limits
from intake.report import Report
from intake.source import SourceFile


class Command(ImportCommand):
    """Takes GeoJSON, TopoJSON, a zipped shapefile or a GeoPackage, in any system it names."""

    help = (
        "Load areas from a file of boundaries: GeoJSON, TopoJSON, a zipped shapefile or a "
        "GeoPackage, in longitude and latitude or in any reference system that it names."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Let the operator say what the file does not."""
        super().add_arguments(parser)
        parser.add_argument("--kind", choices=AreaKind.values, default="")
        parser.add_argument("--name", default="", help="the property that holds names")
        parser.add_argument("--code", default="", help="the property that holds GSS codes")
        parser.add_argument("--layer", default="", help="which layer, where there are several")
        parser.add_argument("--source", default="", help="whom to credit")

    def run_import(self, **options: Any) -> Report:
        """Import the file."""
        source = SourceFile.open(options["file"], most_bytes=import_limits().packed_bytes)
        reading = Reading(
            kind=options["kind"],
            name=options["name"],
            code=options["code"],
            source=options["source"][:80],
            layer=options["layer"],
        )
        return import_areas(source, reading, dry_run=options["dry_run"])
