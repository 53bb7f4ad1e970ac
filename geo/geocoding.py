"""From postcode to point and back, saying how precise the answer is.

A unit postcode that is not known (too new, or mistyped at the end) falls back to the
middle of its sector, then of its district.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.contrib.gis.geos import Point
from django.db import connection

from geo.models import Postcode, PostcodeCell, Precision
from geo.postcodes import UnitPostcode, parse_postcode
from geo.srid import WGS84

POSTCODE_SOURCE: Final = "postcode"
"""``location_source`` of a point that came from a postcode."""

_DISTANCES = """
SELECT ST_Distance(ST_SetSRID(ST_MakePoint(x1, y1), 4326)::geography,
                   ST_SetSRID(ST_MakePoint(x2, y2), 4326)::geography)
  FROM unnest(%s::float8[], %s::float8[], %s::float8[], %s::float8[])
       WITH ORDINALITY AS pair(x1, y1, x2, y2, place)
 ORDER BY place
"""


@dataclass(frozen=True)
class PostcodePoint:
    """Where a postcode is: SRID 4326, x = longitude; and how closely that is known."""

    postcode: str
    point: Point
    precision: Precision
    source: str = POSTCODE_SOURCE


def locate(text: str) -> PostcodePoint | None:
    """Locate one postcode; None where it is none, or nothing near it is loaded."""
    return locate_many([text]).get(text)


def locate_many(texts: Iterable[str]) -> dict[str, PostcodePoint]:
    """Locate many postcodes, keyed by the text as given; what is not found is left out.

    Costs two queries, whatever their number. Slips of O for 0 are mended.
    """
    wanted = {text: code for text in texts if (code := parse_postcode(text, mend=True))}
    units = Postcode.objects.in_bulk({code.code for code in wanted.values()})
    rest = [code for code in wanted.values() if code.code not in units]
    cells = PostcodeCell.objects.in_bulk(
        {name for code in rest for name in (code.sector, code.outcode)}
    )
    found = {text: _best(code, units, cells) for text, code in wanted.items()}
    return {text: answer for text, answer in found.items() if answer is not None}


def _best(
    code: UnitPostcode, units: dict[str, Postcode], cells: dict[str, PostcodeCell]
) -> PostcodePoint | None:
    if unit := units.get(code.code):
        return PostcodePoint(str(code), unit.location, Precision.POSTCODE)
    if cell := cells.get(code.sector):
        return PostcodePoint(str(code), cell.location, Precision.SECTOR)
    if cell := cells.get(code.outcode):
        return PostcodePoint(str(code), cell.location, Precision.OUTCODE)
    return None


def nearest_postcode(lon: float, lat: float, *, within_m: float = 5_000) -> Postcode | None:
    """Return the postcode nearest to a point, with its ``distance``; None if all are far."""
    point = Point(lon, lat, srid=WGS84)
    nearby = Postcode.objects.within(within_m, of=point).with_distance(from_=point)
    return nearby.nearest_first(to=point).first()


def distances_m(pairs: Sequence[tuple[Point, Point]]) -> list[float]:
    """Return the metres between the two points of every pair, over the spheroid."""
    columns = [
        [start.x for start, _ in pairs],
        [start.y for start, _ in pairs],
        [end.x for _, end in pairs],
        [end.y for _, end in pairs],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_DISTANCES, columns)
        return [metres for (metres,) in cursor.fetchall()]
