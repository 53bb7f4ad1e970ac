"""Geometry of outside GeoJSON files: a point, and the outline where there is one."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
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

Position = tuple[float, float]

DECIMALS: Final = 7
"""A centimetre: more digits are noise, and would make every run find changes."""

_OUTLINES: Final = frozenset({"Polygon", "MultiPolygon", "LineString"})


class ShapeError(ValueError):
    """The geometry cannot be taken; says why."""


@dataclass(frozen=True)
class Shape:
    """Where something is: a point on it, and its outline. WGS 84, x = longitude."""

    point: Point
    outline: GEOSGeometry | None = None


def read_shape(geometry: Any) -> Shape | None:
    """Read a GeoJSON geometry; None where the file has none (null).

    Heights are dropped. A closed line is an area; an area's point lies on it.

    Raises:
        ShapeError: it is malformed, of another type, or lies outside the UK.
    """
    if geometry is None:
        return None
    if not isinstance(geometry, dict):
        raise ShapeError("the geometry is not an object")
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    try:
        return _build(kind, coordinates)
    except GEOSException as error:
        raise ShapeError(f"the {kind} is malformed") from error


def _build(kind: Any, coordinates: Any) -> Shape:
    if kind == "Point":
        return Shape(Point(*_position(coordinates), srid=WGS84))
    if kind == "MultiPoint":
        positions = _positions(coordinates, at_least=1)
        return Shape(Point(*positions[0], srid=WGS84))
    if kind == "LineString":
        positions = _positions(coordinates, at_least=2)
        if len(positions) >= 4 and positions[0] == positions[-1]:
            return _on(Polygon(positions, srid=WGS84))
        return _on(LineString(positions, srid=WGS84))
    if kind == "Polygon":
        return _on(_polygon(coordinates))
    if kind == "MultiPolygon":
        polygons = [_polygon(part) for part in _list(coordinates, 1)]
        return _on(MultiPolygon(*polygons, srid=WGS84))
    raise ShapeError(f"the geometry is of type {str(kind)[:40]!r}, which is not taken")


def _on(outline: GEOSGeometry) -> Shape:
    if not outline.valid:
        outline = outline.make_valid()
    found = outline.point_on_surface
    point = Point(round(found.x, DECIMALS), round(found.y, DECIMALS), srid=WGS84)
    return Shape(point, outline if outline.geom_type in _OUTLINES else None)


def _polygon(rings: Any) -> Polygon:
    read = [_positions(ring, at_least=4) for ring in _list(rings, 1)]
    if any(ring[0] != ring[-1] for ring in read):
        raise ShapeError("a ring of the polygon is not closed")
    return Polygon(*read, srid=WGS84)


def _positions(value: Any, *, at_least: int) -> list[Position]:
    return [_position(item) for item in _list(value, at_least)]


def _list(value: Any, at_least: int) -> Iterator[Any]:
    if not isinstance(value, list) or len(value) < at_least:
        raise ShapeError("the coordinates are not nested as their type asks")
    return iter(value)


def _position(value: Any) -> Position:
    numbers = value if isinstance(value, list) and 2 <= len(value) <= 4 else []
    if not numbers or not all(_is_number(number) for number in numbers):
        raise ShapeError("the coordinates are not pairs of numbers, longitude first")
    lon, lat = round(float(numbers[0]), DECIMALS), round(float(numbers[1]), DECIMALS)
    if in_uk(lon, lat):
        return lon, lat
    if in_uk(lat, lon):
        raise ShapeError(f"longitude and latitude are swapped: {lon}, {lat}")
    raise ShapeError(f"{lon}, {lat} lies outside the UK (longitude comes first)")


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    # An integer of a thousand digits is valid JSON, and no float.
    return abs(value) < 1e9 and math.isfinite(value)
