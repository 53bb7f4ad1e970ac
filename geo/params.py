"""Places in a query string, read strictly: a box, a point, a distance."""

import math
from typing import Final

from django.contrib.gis.geos import Point

from geo.constraints import UK_BOX, in_uk
from geo.srid import WGS84

BBox = tuple[float, float, float, float]

FARTHEST_M: Final = 50_000.0
"""The farthest that ``within_m`` reaches: more is no neighbourhood."""


class ParamError(ValueError):
    """A parameter cannot be taken; the message says what to put."""


def read_bbox(text: str) -> BBox:
    """Read "west,south,east,north" in degrees, cut to the UK.

    A box that lies wholly outside shrinks to an edge of the UK's, where nothing is:
    PostGIS can't span the world with a geography polygon.

    Raises:
        ParamError: not four finite numbers, out of range, or out of order.
    """
    west, south, east, north = read_numbers(text, 4)
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise ParamError("Put degrees: west, south, east, north, in this order.")
    least_lon, least_lat, most_lon, most_lat = UK_BOX
    west, east = (min(max(lon, least_lon), most_lon) for lon in (west, east))
    south, north = (min(max(lat, least_lat), most_lat) for lat in (south, north))
    return west, south, east, north


def read_near(text: str) -> Point:
    """Read "lon,lat" in degrees as a point (SRID 4326).

    Raises:
        ParamError: not two finite numbers, or outside the UK.
    """
    lon, lat = read_numbers(text, 2)
    if not in_uk(lon, lat):
        raise ParamError("Outside the UK: longitude comes first, then latitude.")
    return Point(lon, lat, srid=WGS84)


def read_metres(text: str) -> float:
    """Read a distance in metres: more than 0, at most ``FARTHEST_M``.

    Raises:
        ParamError: no number, or not in that range.
    """
    (metres,) = read_numbers(text, 1)
    if not 0 < metres <= FARTHEST_M:
        raise ParamError(f"Put metres: more than 0, at most {FARTHEST_M:,.0f}.")
    return metres


def read_numbers(text: str, count: int) -> list[float]:
    """Read ``count`` finite numbers, parted by commas.

    Raises:
        ParamError: it is anything else.
    """
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    # Python reads "1_0" and other alphabets' digits as numbers; a query does not.
    plain = text.isascii() and "_" not in text
    if len(numbers) != count or not plain or not all(map(math.isfinite, numbers)):
        words = "a number" if count == 1 else f"{count} numbers, parted by commas"
        raise ParamError(f"Put {words}.")
    return numbers
