"""The outlines of areas and squares, as light as a map of them needs."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

_SIMPLER_BY: Final = 1 / 200
"""How much of an area's own width an outline may stray: two pixels of a phone's map."""

# Neighbours are simplified alone; the sliver between them is thinner than their border.
_OUTLINES: Final = """
SELECT a.id,
       ST_AsGeoJSON(ST_SimplifyPreserveTopology(a.boundary, %(by)s * greatest(
         ST_XMax(a.boundary) - ST_XMin(a.boundary),
         ST_YMax(a.boundary) - ST_YMin(a.boundary))), 5),
       ST_X(inside.point), ST_Y(inside.point),
       ST_XMin(a.boundary), ST_YMin(a.boundary), ST_XMax(a.boundary), ST_YMax(a.boundary)
  FROM geo_area a
 CROSS JOIN LATERAL (SELECT ST_PointOnSurface(a.boundary) AS point) inside
 WHERE a.id = ANY (%(ids)s::bigint[])
"""


@dataclass(frozen=True)
class Outline:
    """An area as it is drawn: degrees, longitude first."""

    rings: list[Any]  # the coordinates of a GeoJSON MultiPolygon
    inside: tuple[float, float]  # where its label stands
    box: tuple[float, float, float, float]  # west, south, east, north


def outlines_of(area_ids: Iterable[int]) -> dict[int, Outline]:
    """Return the simplified outlines of areas. One query."""
    asked: dict[str, Any] = {"ids": list(area_ids), "by": _SIMPLER_BY}
    with connection.cursor() as cursor:
        cursor.execute(_OUTLINES, asked)
        rows = cursor.fetchall()
    return {
        pk: Outline(_parts(json.loads(shape)), (round(x, 5), round(y, 5)), tuple(box))
        for pk, shape, x, y, *box in rows
    }


def _parts(shape: dict[str, Any]) -> list[Any]:
    """Return a shape's parts: of a polygon that simplifying left there is one."""
    is_one = shape["type"] == "Polygon"
    return [shape["coordinates"]] if is_one else list(shape["coordinates"])


def box_around(boxes: Iterable[tuple[float, float, float, float]]) -> str:
    """Write the box around some boxes as a map's frame takes it; empty around none."""
    edges = list(zip(*boxes, strict=True))
    if not edges:
        return ""
    west, south, east, north = edges
    around = (min(west), min(south), max(east), max(north))
    return ",".join(f"{degrees:.5f}" for degrees in around)
