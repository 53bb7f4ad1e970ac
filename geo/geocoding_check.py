"""How far a file's own points lie from where its postcodes are put."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Final

from django.contrib.gis.geos import Point

from geo.constraints import in_uk
from geo.geocoding import distances_m, locate_many
from geo.srid import WGS84
from intake.source import SourceFile
from intake.tables import Row, Table

COLUMNS: Final = {
    "postcode": ("postcode", "post code", "postal code", "location postal code", "pcd"),
    "lon": ("lon", "longitude", "lng", "location longitude"),
    "lat": ("lat", "latitude", "location latitude"),
}
"""What the three columns may be called, whatever their case and punctuation."""


@dataclass(frozen=True)
class Checked:
    """One row: metres between its point and its postcode's; None where not found."""

    row: int
    postcode: str
    distance_m: float | None


@dataclass(frozen=True)
class GeocodingCheck:
    """The rows of one file, measured."""

    rows: list[Checked]
    within_m: float

    @property
    def failures(self) -> list[Checked]:
        """Return the rows that are not found or lie too far off."""
        return [
            row for row in self.rows if row.distance_m is None or row.distance_m > self.within_m
        ]

    def lines(self) -> Iterator[str]:
        """Yield the result, the usual and the greatest distance, then every failure."""
        good = len(self.rows) - len(self.failures)
        yield f"{good} of {len(self.rows)} within {self.within_m:g} m"
        known = [row.distance_m for row in self.rows if row.distance_m is not None]
        if known:
            yield f"median {median(known):.0f} m, farthest {max(known):.0f} m"
        for row in self.failures:
            far = "not found" if row.distance_m is None else f"{row.distance_m:,.0f} m away"
            yield f"row {row.row}, {row.postcode or 'no postcode'}: {far}"


def check_geocoding(source: SourceFile, *, within_m: float) -> GeocodingCheck:
    """Measure every row of a CSV file that has postcode, longitude and latitude.

    Raises:
        IntakeError: a column is missing, or a point is no point of the UK.
    """
    table = Table(source)
    postcode, lon, lat = (_column(table, name) for name in COLUMNS)
    read = [(row, row.get(postcode), _point(table, row, lon, lat)) for row in table.rows()]
    found = locate_many(text for _, text, _ in read)
    pairs = [(point, found[text].point) for _, text, point in read if text in found]
    distances = iter(distances_m(pairs))
    rows = [
        Checked(row.number, text, next(distances) if text in found else None)
        for row, text, _ in read
    ]
    return GeocodingCheck(rows, within_m)


def _column(table: Table, name: str) -> str:
    found = next((column for column in COLUMNS[name] if table.has(column)), None)
    if found is None:
        names = ", ".join(COLUMNS[name])
        raise table.error(f"the file has no such column (nor {names})", 1, name)
    return found


def _point(table: Table, row: Row, lon: str, lat: str) -> Point:
    x, y = _degrees(table, row, lon), _degrees(table, row, lat)
    if not in_uk(x, y):
        swapped = ": are longitude and latitude swapped?" if in_uk(y, x) else ""
        raise table.error(f"{x:g}, {y:g} lies outside the UK{swapped}", row.number, lon)
    return Point(x, y, srid=WGS84)


def _degrees(table: Table, row: Row, column: str) -> float:
    text = row.get(column)
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise table.error(f"“{text[:20]}” is not a number", row.number, column)
    return value
