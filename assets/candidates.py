"""What one row of an outside file says about one asset, before anything is believed."""

from dataclasses import dataclass, field

from django.contrib.gis.geos import GEOSGeometry, Point


class RowRefusedError(Exception):
    """One row is not taken; the rest of its file may be.

    Rows refused for one reason are counted together, whatever the detail.
    """

    def __init__(self, reason: str, *, column: str = "", detail: str = "") -> None:
        self.reason, self.column, self.detail = reason, column, detail
        super().__init__(str(self))

    def __str__(self) -> str:
        return f"{self.reason}: {self.detail}" if self.detail else self.reason


@dataclass(frozen=True)
class Candidate:
    """One asset as a file describes it."""

    # Text columns of Asset by name; "" where the file says nothing.
    values: dict[str, str]
    # Identifiers elsewhere (charity number, Wikidata), kept beside the record.
    outside: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Placed:
    """A candidate with its key and its place; WGS 84, x = longitude."""

    ref: str
    candidate: Candidate
    point: Point | None
    outline: GEOSGeometry | None = None
    precision: str = "exact"
    point_source: str = "file"
