"""How many places there are: everywhere, or in a box, exact to the last row.

Whole cells come from the pyramid, large ones where they fit in; only what lies between
them and the edges of the box is looked up among the rows.
"""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.contrib.gis.geos import Polygon
from django.db import DEFAULT_DB_ALIAS, connections

from geo.constraints import UK_BOX
from geo.pyramid import (
    CELLS,
    FIRST_MARKED,
    MARKED_PAGE,
    SHEET_SHIFT,
    SUMMED_TO_ZOOM,
    CellsAsked,
    asked_numbers,
    counted,
    first_key,
    is_asked,
    sheet_numbers,
    sheets,
)
from geo.tiles import WORLD_BITS

_ACROSS: Final = 8 * CELLS
"""A box is at most so many cells wide and high: more would be read, of fewer more rows
would lie beside them."""

_WORLD: Final = 1 << WORLD_BITS

BBox = tuple[float, float, float, float]


class Meaning(NamedTuple):
    """Of which kind and state, and whether with an offer, a number of places is."""

    kind: str
    state: str
    offers: bool


@dataclass(frozen=True)
class Cells:
    """The cells of a zoom that lie wholly in a box: from and to, both included."""

    zoom: int
    west: int
    north: int
    east: int
    south: int

    @property
    def bits(self) -> int:
        """How many bits of a world coordinate lie inside a cell."""
        return WORLD_BITS - self.zoom - 5

    @property
    def is_none(self) -> bool:
        """Whether the box holds no whole cell."""
        return self.west > self.east or self.north > self.south

    def world(self) -> tuple[int, int, int, int]:
        """Return west, east, north and south in world coordinates, all included."""
        bits = self.bits
        return (
            self.west << bits,
            (self.east + 1 << bits) - 1,
            self.north << bits,
            (self.south + 1 << bits) - 1,
        )

    def parts(self) -> Iterator[tuple[int, int, int, int]]:
        """Yield (first key, last key, least x, most x) of each stretch, of sheet 0.

        A tile that lies in the box as a whole is one cell, five zooms above.
        """
        for ty in range(self.north >> 5, (self.south >> 5) + 1):
            for tx in range(self.west >> 5, (self.east >> 5) + 1):
                west, east = max(0, self.west - tx * CELLS), min(31, self.east - tx * CELLS)
                north, south = max(0, self.north - ty * CELLS), min(31, self.south - ty * CELLS)
                if (west, east, north, south) == (0, 31, 0, 31) and self.zoom >= 5:
                    above = first_key(self.zoom - 5, tx >> 5, ty >> 5)
                    key = above | (ty & 31) << 5 | (tx & 31)
                    yield key, key, 0, 31
                else:
                    key = first_key(self.zoom, tx, ty)
                    yield key | north << 5 | west, key | south << 5 | east, west, east


def tally(*, marked: bool = False, using: str = DEFAULT_DB_ALIAS) -> Counter[Meaning]:
    """Return how many places there are of each kind and state, with an offer or without.

    ``marked``: of those that have the mark.
    """
    return Counter({_meant(number): n for number, n in _by_number(using, marked).items()})


def count_all(asked: CellsAsked, *, using: str = DEFAULT_DB_ALIAS) -> int:
    """Return how many public places with a point are asked for, wherever."""
    wanted = sheet_numbers(asked)
    found = _by_number(using, bool(asked.mark))
    return sum(n for number, n in found.items() if wanted is None or number in wanted)


def _by_number(using: str, marked: bool) -> dict[int, int]:
    """Count by 8 * kind + state: in the only tile of zoom 0, and what changed since."""
    first = MARKED_PAGE if marked else 0
    changed = (
        "SELECT kind << 3 | (what & 7), n FROM geo_pyramidchange WHERE kind > 0"
        if marked
        else f"SELECT what, n FROM geo_pyramidchange WHERE what < {FIRST_MARKED}"  # noqa: S608
    )
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"""
            SELECT number, sum(n)::int FROM (
                SELECT ((key >> 10) & 255)::int, n FROM geo_pyramidcell
                WHERE key >= %s AND key < %s
                UNION ALL {changed}
            ) AS both_parts (number, n)
            WHERE number & 7 > 0 AND number >> 3 > 0
            GROUP BY number HAVING sum(n) > 0
            """,  # noqa: S608
            [first, first + (FIRST_MARKED << SHEET_SHIFT)],
        )
        return dict(cursor.fetchall())


def count_cells(asked: CellsAsked, bbox: BBox, *, using: str = DEFAULT_DB_ALIAS) -> int:
    """Return how many public places lie in a box of degrees, its edges included."""
    west, south = max(bbox[0], UK_BOX[0]), max(bbox[1], UK_BOX[1])
    east, north = min(bbox[2], UK_BOX[2]), min(bbox[3], UK_BOX[3])
    if west > east or south > north:
        return 0
    box = (west, south, east, north)
    numbers = asked_numbers(asked)
    cells = whole_cells(box)
    held, params = _held(asked, cells, numbers)
    beside, beside_params = _beside(asked, box, cells, numbers)
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT {held} + {beside}", [*params, *beside_params])
        (count,) = cursor.fetchone()
    return int(count)


def whole_cells(bbox: BBox) -> Cells:
    """Return the cells that lie in a box, of the finest zoom that has not too many."""
    # A unit of slack: the database reckons by itself where a point is.
    west, east = (_world_x(bbox[0]) + 1, _world_x(bbox[2]) - 1)
    north, south = (_world_y(bbox[3]) + 1, _world_y(bbox[1]) - 1)
    widest = max(east - west, south - north, 1)
    zoom = min(SUMMED_TO_ZOOM, max(0, 26 - math.ceil(math.log2(widest / _ACROSS))))
    bits = WORLD_BITS - zoom - 5
    return Cells(
        zoom,
        west=-(-west >> bits),
        north=-(-north >> bits),
        east=(east + 1 >> bits) - 1,
        south=(south + 1 >> bits) - 1,
    )


def _held(asked: CellsAsked, cells: Cells, numbers: list[int] | None) -> tuple[str, list[Any]]:
    """Write the sum over whole cells, and over what changed in them."""
    if cells.is_none:
        return "0", []
    parts = [
        (first | sheet.number << 10, last | sheet.number << 10, least, most, sheet.sign)
        for first, last, least, most in cells.parts()
        for sheet in sheets(asked, zoom=cells.zoom)
    ]
    return (
        f"""
        (SELECT coalesce(sum(sign * n), 0)
           FROM unnest(%s::bigint[], %s::bigint[], %s::int[], %s::int[], %s::int[])
                AS part (first_key, last_key, least, most, sign)
          CROSS JOIN LATERAL (
              SELECT n FROM geo_pyramidcell
              WHERE key BETWEEN first_key AND last_key AND key & 31 BETWEEN least AND most
              LIMIT 1024
          ) AS held)
        + (SELECT coalesce(sum(n), 0) FROM geo_pyramidchange
            WHERE x BETWEEN %s AND %s AND y BETWEEN %s AND %s
              AND {is_asked(asked)})
        """,  # noqa: S608
        [
            *map(list, zip(*parts, strict=True)),
            *cells.world(),
            *([] if numbers is None else [numbers]),
        ],
    )


def _beside(
    asked: CellsAsked, box: BBox, cells: Cells, numbers: list[int] | None
) -> tuple[str, list[Any]]:
    """Write the count of rows in a box that lie in none of the whole cells."""
    west, south, east, north = box
    which = ""
    params: list[Any] = []
    if not cells.is_none:
        which = "AND NOT (x BETWEEN %s AND %s AND y BETWEEN %s AND %s)"
        params += cells.world()
    if numbers is not None:
        params.append(numbers)
    strips = list(_strips(box, cells))
    near = " OR ".join(["location && %s::geography"] * len(strips))
    return (
        f"""
        (SELECT count(*) FROM ({counted().spots}) AS placed
          WHERE ({near})
            AND (ST_X(location::geometry) < %s OR ST_X(location::geometry) > %s
                 OR ST_Y(location::geometry) < %s OR ST_Y(location::geometry) > %s) IS FALSE
            {which} AND {is_asked(asked)})
        """,  # noqa: S608
        [*(strip.ewkt for strip in strips), west, east, south, north, *params],
    )


def _strips(box: BBox, cells: Cells) -> Iterator[Polygon]:
    """Yield the parts of a box around its whole cells, a little too large."""
    west, south, east, north = box
    if cells.is_none:
        yield _wide(west, south, east, north)
        return
    inner_west, inner_east, inner_north, inner_south = cells.world()
    left, right = _lon(inner_west), _lon(inner_east)
    top, bottom = _lat(inner_north), _lat(inner_south)
    yield _wide(west, top, east, north)
    yield _wide(west, south, east, bottom)
    yield _wide(west, bottom, left, top)
    yield _wide(right, bottom, east, top)


def _wide(west: float, south: float, east: float, north: float) -> Polygon:
    # The edges of a geography are great circles: see in_uk_box.
    slack = 1e-6
    south -= 0.002 * (east - west) ** 2
    return Polygon.from_bbox((west - slack, south - slack, east + slack, north + slack))


def _meant(what: int) -> Meaning:
    kind, state = what >> 3, (what & 7) - 1
    states = counted().states
    return Meaning(counted().kinds[kind - 1], states[state % len(states)], state >= len(states))


def _world_x(lon: float) -> int:
    return math.floor((lon + 180) / 360 * _WORLD)


def _world_y(lat: float) -> int:
    part = 0.5 - math.asinh(math.tan(math.radians(lat))) / (2 * math.pi)
    return math.floor(part * _WORLD)


def _lon(x: int) -> float:
    return x / _WORLD * 360 - 180


def _lat(y: int) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / _WORLD))))
