"""GeoJSON geometry, read strictly: whoever sent it learns which position is wrong.

RFC 7946: WGS 84, longitude before latitude, degrees. Refused: text (WKT), another
reference system, heights, infinities, positions outside the UK, shapes that cross
themselves, and more of it than anybody draws.
"""

import math
from collections.abc import Collection
from typing import Any, Final

from django.contrib.gis.geos import (
    GEOSException,
    GEOSGeometry,
    LineString,
    MultiPolygon,
    Point,
    Polygon,
)

from geo.constraints import in_uk
from geo.srid import WGS84

DECIMALS: Final = 6
"""A tenth of a metre. Maps compute many more digits than they know: they are rounded."""

MOST_POSITIONS: Final = 50_000
LEAST_IN_RING: Final = 4

_SAME_SYSTEM: Final = frozenset({"urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84"})

Position = tuple[float, float]


class GeometryError(ValueError):
    """A geometry cannot be taken; ``path`` names the member, e.g. coordinates[0][3]."""

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}" if path else reason)


def parse_geometry(
    value: object,
    *,
    types: Collection[str] = ("Point",),
    decimals: int | None = DECIMALS,
    mend: bool = False,
    most: int = MOST_POSITIONS,
) -> GEOSGeometry:
    """Read a GeoJSON geometry; SRID 4326, x = longitude.

    ``decimals``: round positions to so many; None keeps them. ``mend``: a shape that
    crosses itself is made valid instead of refused. ``most``: positions that are taken.

    Raises:
        GeometryError: names the position, or the member, that cannot be taken.
    """
    if not isinstance(value, dict):
        raise GeometryError("", "a GeoJSON object belongs here")
    kind = value.get("type")
    if not isinstance(kind, str) or kind not in types:
        raise GeometryError("type", f"must be {' or '.join(sorted(types))}")
    check_reference_system(value)
    if "coordinates" not in value:
        raise GeometryError("coordinates", "is missing")
    return _Reader(decimals, mend=mend, most=most).read(kind, value["coordinates"])


def parse_point(value: object, *, decimals: int | None = DECIMALS) -> Point:
    """Read a GeoJSON point. See ``parse_geometry``."""
    point = parse_geometry(value, decimals=decimals)
    assert isinstance(point, Point)  # noqa: S101 - tells the type checker
    return point


def check_reference_system(value: dict[str, Any]) -> None:
    """Refuse an object that names another reference system than longitude/latitude.

    The old ``crs`` member is taken where it says what RFC 7946 means anyway.
    """
    if (crs := value.get("crs")) is None:
        return
    named = crs.get("properties") if isinstance(crs, dict) else None
    name = named.get("name") if isinstance(named, dict) else None
    if not isinstance(name, str) or name not in _SAME_SYSTEM:
        reason = "only longitude and latitude (WGS 84) are taken; leave crs out"
        raise GeometryError("crs", reason)


class _Reader:
    """Builds one geometry from its coordinates, level by level: never recursive."""

    def __init__(self, decimals: int | None, *, mend: bool, most: int) -> None:
        self.decimals, self.mend, self.most = decimals, mend, most
        self.positions = 0

    def read(self, kind: str, coordinates: object) -> GEOSGeometry:
        path = "coordinates"
        try:
            geometry = self._build(kind, coordinates, path)
        except GEOSException as error:
            raise GeometryError(path, f"make no {kind}") from error
        if geometry.valid:
            return geometry
        if not self.mend:
            raise GeometryError(path, f"the shape is not valid: {geometry.valid_reason}")
        return geometry.make_valid()

    def _build(self, kind: str, coordinates: object, path: str) -> GEOSGeometry:
        if kind == "Point":
            return Point(self._position(coordinates, path), srid=WGS84)
        if kind == "LineString":
            return LineString(self._line(coordinates, path, at_least=2), srid=WGS84)
        if kind == "Polygon":
            return self._polygon(coordinates, path)
        if kind == "MultiPolygon":
            parts = enumerate(self._list(coordinates, path))
            polygons = [self._polygon(part, f"{path}[{place}]") for place, part in parts]
            return MultiPolygon(polygons, srid=WGS84)
        raise GeometryError("type", f"{kind} is not taken")

    def _polygon(self, value: object, path: str) -> Polygon:
        rings = []
        for place, part in enumerate(self._list(value, path)):
            here = f"{path}[{place}]"
            ring = self._line(part, here, at_least=LEAST_IN_RING)
            if ring[0] != ring[-1]:
                raise GeometryError(here, "the ring is not closed: first and last differ")
            rings.append(ring)
        return Polygon(*rings, srid=WGS84)

    def _line(self, value: object, path: str, *, at_least: int) -> list[Position]:
        found = self._list(value, path)
        if len(found) < at_least:
            raise GeometryError(path, f"needs at least {at_least} positions")
        return [self._position(one, f"{path}[{place}]") for place, one in enumerate(found)]

    def _list(self, value: object, path: str) -> list[Any]:
        if not isinstance(value, list) or not value:
            raise GeometryError(path, "a list with something in it belongs here")
        if len(value) > self.most:
            raise GeometryError(path, f"has more than {self.most:,} members")
        return value

    def _position(self, value: object, path: str) -> Position:
        self.positions += 1
        if self.positions > self.most:
            raise GeometryError(path, f"more than {self.most:,} positions are not taken")
        if not isinstance(value, list | tuple) or len(value) != 2:
            raise GeometryError(path, "two numbers belong here: longitude, latitude")
        lon, lat = (self._number(part, path) for part in value)
        if not in_uk(lon, lat):
            swapped = ": are longitude and latitude swapped?" if in_uk(lat, lon) else ""
            raise GeometryError(path, f"{lon:g}, {lat:g} lies outside the UK{swapped}")
        if self.decimals is None:
            return lon, lat
        return round(lon, self.decimals), round(lat, self.decimals)

    @staticmethod
    def _number(value: object, path: str) -> float:
        # bool is an int to Python; an int may be too long for a float.
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise GeometryError(path, "two numbers belong here: longitude, latitude")
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            raise GeometryError(path, "the number is not finite")
        return number
