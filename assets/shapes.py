"""Geometry of outside GeoJSON files: a point, and the outline where there is one."""

from dataclasses import dataclass
from typing import Any, Final

from django.contrib.gis.geos import GEOSException, GEOSGeometry, LineString, Point, Polygon

from geo.constraints import in_uk
from geo.geojson import GeometryError, parse_geometry
from geo.srid import WGS84

DECIMALS: Final = 7
"""A centimetre: more digits are noise, and would make every run find changes."""

_TAKEN: Final = ("Point", "LineString", "Polygon", "MultiPolygon")
_OUTLINES: Final = frozenset({"Polygon", "MultiPolygon", "LineString"})
_DEEPEST: Final = 4  # a MultiPolygon's positions
_LEAST_IN_RING: Final = 4


class ShapeError(ValueError):
    """The geometry cannot be taken; says why."""


@dataclass(frozen=True)
class Shape:
    """Where something is: a point on it, and its outline. WGS 84, x = longitude."""

    lon: float
    lat: float
    outline: GEOSGeometry | None = None

    @property
    def point(self) -> Point:
        """Return the point."""
        return Point(self.lon, self.lat, srid=WGS84)

    @property
    def outline_hex(self) -> str:
        """Return the outline as well-known binary in hexadecimals, "" without one."""
        return self.outline.wkb.hex() if self.outline is not None else ""


def read_shape(geometry: Any) -> Shape | None:
    """Read a GeoJSON geometry; None where the file has none (null).

    Heights are dropped, of several points the first is taken, and what crosses itself
    is mended. A closed line is an area; an area's point lies on it.

    Raises:
        ShapeError: it is malformed, of another type, or lies outside the UK.
    """
    if geometry is None:
        return None
    if (plain := _plain_point(geometry)) is not None:
        return plain
    try:
        found = parse_geometry(_plain(geometry), types=_TAKEN, decimals=DECIMALS, mend=True)
        return _on(found)
    except (GeometryError, GEOSException) as error:
        raise ShapeError(str(error)) from error


def _plain_point(geometry: Any) -> Shape | None:
    """Read what most files hold, a point without fault, quickly; None for all else."""
    match geometry:
        case {"type": "Point", "coordinates": [float(lon), float(lat)], **rest} if not rest:
            return (
                Shape(round(lon, DECIMALS), round(lat, DECIMALS)) if in_uk(lon, lat) else None
            )
    return None


def _plain(geometry: Any) -> Any:
    """Return a geometry without what files carry and we have no use for."""
    if not isinstance(geometry, dict) or "coordinates" not in geometry:
        return geometry
    kind, coordinates = geometry.get("type"), _flat(geometry["coordinates"], _DEEPEST)
    if kind == "MultiPoint" and isinstance(coordinates, list) and coordinates:
        kind, coordinates = "Point", coordinates[0]
    return {**geometry, "type": kind, "coordinates": coordinates}


def _flat(value: Any, deep: int) -> Any:
    """Drop the third and fourth number of every position."""
    if not isinstance(value, list) or not deep:
        return value
    if any(isinstance(part, int | float) for part in value):
        return value[:2] if len(value) <= 4 else value
    return [_flat(part, deep - 1) for part in value]


def _on(outline: GEOSGeometry) -> Shape:
    if isinstance(outline, Point):
        return Shape(outline.x, outline.y)
    if isinstance(outline, LineString) and outline.closed and len(outline) >= _LEAST_IN_RING:
        outline = Polygon(outline.coords, srid=WGS84)
        outline = outline if outline.valid else outline.make_valid()
    found = outline.point_on_surface
    lon, lat = round(found.x, DECIMALS), round(found.y, DECIMALS)
    return Shape(lon, lat, outline if outline.geom_type in _OUTLINES else None)
