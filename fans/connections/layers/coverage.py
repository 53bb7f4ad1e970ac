"""Where champions and volunteers are, by square: the same figures for everybody."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from fans.connections.layers.models import VolunteerCount
from fans.connections.layers.squares import Square
from fans.disclosure import HIDDEN, Shown
from fans.people.models import Membership, Role
from fans.people.permissions import Reach
from homes.models import SMALL_HOME_BEDS

SQUARES_SHOWN: Final = 2_000
"""So many fit a map; the country's homes lie in fewer."""

# The squares are those of squares.py. A small home is somebody's own house: no square
# asks where it lies.
_SQUARES: Final = """
WITH home AS (
  SELECT h.location FROM homes_home h
    JOIN homes_registration r ON r.home_id = h.id AND r.until IS NULL
   WHERE h.location IS NOT NULL
   GROUP BY h.id HAVING coalesce(sum(r.beds), %(small)s) >= %(small)s
), square AS (
  SELECT x, y, sum(homes)::int AS homes FROM (
    SELECT floor((ST_X(location::geometry) + 180) / 360 * 4096)::int AS x,
           floor((1 - asinh(tan(radians(ST_Y(location::geometry)))) / pi()) / 2 * 4096)::int
             AS y, 1 AS homes
      FROM home
     UNION ALL
    SELECT x, y, 0 FROM unnest(%(xs)s::int[], %(ys)s::int[]) AS counted(x, y)
  ) found GROUP BY x, y
), drawn AS (
  SELECT x, y, homes, ST_Transform(ST_TileEnvelope(12, x, y), 4326) AS box FROM square
)
SELECT x, y, homes,
  (SELECT count(*) FROM geo_area a WHERE a.id = ANY (%(champions)s::bigint[])
      AND ST_Intersects(a.boundary, box)),
  (SELECT name FROM geo_place p WHERE p.location && box::geography
      AND ST_Intersects(p.location::geometry, box)
    ORDER BY population DESC, name LIMIT 1),
  (SELECT name FROM geo_place p ORDER BY p.location <-> ST_Centroid(box)::geography LIMIT 1)
  FROM drawn
 WHERE %(everywhere)s
    OR EXISTS (SELECT FROM geo_area a WHERE a.id = ANY (%(areas)s::bigint[])
                  AND ST_Intersects(a.boundary, box))
 ORDER BY homes DESC, x, y
 LIMIT %(most)s
"""


@dataclass(frozen=True)
class CoveredSquare:
    """One square: its homes, the champions' areas that touch it, its volunteers."""

    square: Square
    name: str
    homes: int  # of the public register, those under seven beds left out
    areas: int  # areas, not people: exact
    volunteers: Shown | None  # as published; None: not counted yet

    @property
    def volunteers_words(self) -> str:
        """Say how many volunteers there are, as closely as it may be told."""
        if self.volunteers is None:
            return "not counted yet"
        if self.volunteers == HIDDEN:
            return "1 to 7"
        return f"about {self.volunteers}" if self.volunteers else "none"


@dataclass(frozen=True)
class Coverage:
    """The squares of somebody's reach, and the month that volunteers were counted in."""

    squares: tuple[CoveredSquare, ...]
    counted_in: dt.date | None


def coverage_of(reach: Reach) -> Coverage:
    """Return the squares that touch somebody's areas, each told of whole. Three queries.

    A square on the edge of an area is the same for whoever sees it: a part of it, cut off
    by one person's area, could be subtracted from another's.
    """
    count = VolunteerCount.objects.order_by("-month").first()
    told: dict[str, Shown] = count.body if count else {}
    keys = [tuple(map(int, key.split("-"))) for key in told]
    asked: dict[str, Any] = {
        "small": SMALL_HOME_BEDS,
        "xs": [x for x, _ in keys],
        "ys": [y for _, y in keys],
        "champions": _champions_areas(timezone.localdate()),
        "everywhere": reach.everywhere,
        "areas": list(reach.area_ids),
        "most": SQUARES_SHOWN,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SQUARES, asked)
        rows = cursor.fetchall()
    squares = [
        CoveredSquare(
            square=Square(x, y),
            name=inside or (f"Near {nearest}" if nearest else "Somewhere without a name"),
            homes=homes,
            areas=areas,
            volunteers=told.get(Square(x, y).key, 0) if count else None,
        )
        for x, y, homes, areas, inside, nearest in rows
    ]
    return Coverage(tuple(squares), count.month if count else None)


def _champions_areas(today: dt.date) -> list[int]:
    """Return the areas that somebody is champion of; two champions of one are one area."""
    held = Membership.objects.on(today).filter(role=Role.CHAMPION, person__is_active=True)
    return list(held.order_by("area").values_list("area", flat=True).distinct())
