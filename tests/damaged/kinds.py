"""The list of damaged files: how each is made, who is to read it, and what must be said."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

Content = bytes | str | Callable[[Path], None]
"""What stands in the file; or what puts it there, where bytes alone cannot say it."""

COMMANDS: Final[dict[str, tuple[str, ...]]] = {
    "homes": ("import_homes",),
    "places": ("import_assets", "--source", "csv", "--category", "garden_nature"),
    "geojson": ("import_assets", "--source", "geojson", "--category", "garden_nature"),
    "osm": ("import_assets", "--source", "osm"),
    "oruk": ("import_assets", "--source", "oruk", "--category", "garden_nature"),
    "areas": ("load_areas",),
    "postcodes": ("load_postcodes",),
}
TABLES: Final = ("homes", "places")
"""Two importers that read tables; what is wrong with the table, both must say."""

UPLOADS: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "homes": ("homes", {"layout": "auto", "whole": "on"}),
    "places": ("assets", {"source": "csv", "category": "garden_nature"}),
    "geojson": ("assets", {"source": "geojson", "category": "garden_nature"}),
    "osm": ("assets", {"source": "osm"}),
    "oruk": ("assets", {"source": "oruk", "category": "garden_nature"}),
}
"""The upload page of an importer, and what is chosen beside the file."""


@dataclass(frozen=True)
class Damaged:
    """One damaged file. ``says`` is a pattern of the sentence that must be read.

    ``whole``: the file is refused as a whole; otherwise it is taken, and the sentence
    tells of a row or of the count.
    """

    damage: str
    importer: str
    file_name: str
    says: str
    whole: bool
    content: Callable[[], Content]
    encoding: str = ""

    def write(self, folder: Path) -> Path:
        """Make the file and return where it lies."""
        path, content = folder / self.file_name, self.content()
        if callable(content):
            content(path)
        else:
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    @property
    def arguments(self) -> tuple[str, ...]:
        """Return the command and its options."""
        told = ("--encoding", self.encoding) if self.encoding else ()
        return COMMANDS[self.importer] + told

    def __str__(self) -> str:
        return f"{self.importer}-{self.damage}"


KINDS: Final[list[Damaged]] = []


def damaged(
    importers: str | tuple[str, ...],
    file_name: str,
    *,
    says: str,
    whole: bool = True,
    encoding: str = "",
) -> Callable[[Callable[[], Content]], Callable[[], Content]]:
    """List a damaged file, named as the function that makes it, for each importer."""

    def listed(make: Callable[[], Content]) -> Callable[[], Content]:
        for importer in (importers,) if isinstance(importers, str) else importers:
            damage = make.__name__
            KINDS.append(Damaged(damage, importer, file_name, says, whole, make, encoding))
        return make

    return listed
