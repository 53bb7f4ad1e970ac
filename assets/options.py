"""What an import of assets is told beside its file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from assets import categories
from assets.models import AssetSource
from intake.errors import IntakeError

LONGEST_LICENCE: Final = 120
SOURCES: Final = (AssetSource.OSM, AssetSource.GEOJSON, AssetSource.CSV, AssetSource.ORUK)


@dataclass(frozen=True)
class Options:
    """The source of a file, and what the file does not say itself."""

    source: AssetSource
    # A mapping's name, or the path of a mapping file; "" finds one by the headers.
    mapping: str = ""
    # What every row is; "" where the rows tell.
    category: str = ""
    licence: str = ""
    encoding: str = "utf-8"
    # The file is all of its kind: what it lists no longer is asked about.
    whole: bool = True
    # Even if that is more than a fifth of what was listed.
    allow_vanished: bool = False
    # Numbers of rows to be taken in although they look like something we have.
    take_unsure: frozenset[int] = frozenset()

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        """Read options as they are kept beside a file.

        Raises:
            IntakeError: they make no sense together.
        """
        found = cls(
            source=AssetSource(given["source"]),
            mapping=given.get("mapping") or "",
            category=given.get("category") or "",
            licence=given.get("licence") or "",
            encoding=given.get("encoding") or "utf-8",
            whole=bool(given.get("whole", True)),
            allow_vanished=bool(given.get("allow_vanished")),
            take_unsure=frozenset(given.get("take_unsure") or ()),
        )
        found.check()
        return found

    def check(self) -> None:
        """Refuse what makes no sense."""
        if len(self.licence) > LONGEST_LICENCE:
            raise IntakeError(f"--licence takes at most {LONGEST_LICENCE} characters")
        if self.mapping and self.source not in (AssetSource.CSV, AssetSource.GEOJSON):
            raise IntakeError("--mapping is for csv and geojson: the others have their own")
        if not self.category:
            return
        if self.source == AssetSource.OSM:
            raise IntakeError("--category is for geojson: OpenStreetMap's tags tell the kind")
        if self.category == categories.INDIVIDUAL_GIFT:
            raise IntakeError("--category: a person's own gift is never taken from a file")
        if self.category not in categories.SLUGS:
            raise IntakeError(f'--category: "{self.category[:40]}" is none of our kinds')
