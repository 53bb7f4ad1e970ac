"""Coordinates of the British National Grid, turned into degrees by PostGIS."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from django.db import connection

from assets.candidates import RowRefusedError
from assets.reading import Row
from assets.shapes import DECIMALS, Shape
from geo.constraints import in_uk
from geo.srid import BRITISH_NATIONAL_GRID, WGS84

# Metres within which the grid lies; beyond, PROJ may give anything.
_MOST_M: Final = 1_300_000

_TO_DEGREES = f"""
SELECT ST_X(point), ST_Y(point)
  FROM (SELECT place, ST_Transform(ST_SetSRID(ST_MakePoint(x, y), {BRITISH_NATIONAL_GRID}),
                                   {WGS84}) AS point
          FROM unnest(%s::float8[], %s::float8[]) WITH ORDINALITY AS pair(x, y, place)
        OFFSET 0) AS transformed
 ORDER BY place
"""  # noqa: S608 - two numbers of ours


def from_grid(rows: Sequence[Row]) -> list[Row]:
    """Return the rows with a shape where they had metres of the grid."""
    pairs = [row.grid for row in rows if row.grid is not None and _on_grid(row.grid)]
    points = iter(_degrees(pairs))
    found = []
    for row in rows:
        if row.grid is None or row.refused is not None:
            found.append(row)
        elif not _on_grid(row.grid):
            found.append(_outside(row))
        else:
            lon, lat = next(points)
            shape = Shape(round(lon, DECIMALS), round(lat, DECIMALS))
            found.append(replace(row, shape=shape) if in_uk(lon, lat) else _outside(row))
    return found


def _degrees(pairs: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    if not pairs:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_TO_DEGREES, [[x for x, _ in pairs], [y for _, y in pairs]])
        return list(cursor.fetchall())


def _on_grid(pair: tuple[float, float]) -> bool:
    return all(0 <= metres <= _MOST_M for metres in pair)


def _outside(row: Row) -> Row:
    assert row.grid is not None  # noqa: S101 - only asked of rows on a grid
    detail = f"easting {row.grid[0]:g}, northing {row.grid[1]:g}"
    refused = RowRefusedError("it lies outside the UK", column="easting", detail=detail)
    return replace(row, candidate=None, refused=refused)
