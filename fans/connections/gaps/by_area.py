"""Where places are many and ties few, by area, so rounded that no home shows through."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from fans.connections.gaps.candidates import KINDS
from fans.people.permissions import Reach, homes_of_cohorts
from geo.models import AreaKind

FEWEST_HOMES: Final = 3
"""Of fewer homes an area's ties would be as good as told one by one."""

NEAREST: Final = 5
AREAS_SHOWN: Final = 150
LIVE: Final = ("agreed", "active", "quiet")

_SMALL: Final = (AreaKind.NEIGHBOURHOOD.value, AreaKind.WARD.value)

# Which small areas lie in the areas of a reach, or hold one of its homes; an area of its
# own with nothing inside stands for itself.
_WHICH: Final = """
WITH own AS (SELECT id, boundary FROM geo_area WHERE id = ANY (%(areas)s::bigint[])),
small AS (
  SELECT a.id FROM geo_area a
   WHERE a.kind = ANY (%(small)s)
     AND (EXISTS (SELECT FROM own WHERE a.id <> own.id
                     AND ST_Intersects(own.boundary, ST_PointOnSurface(a.boundary)))
          OR EXISTS (SELECT FROM homes_home h WHERE h.id = ANY (%(homes)s::bigint[])
                        AND ST_Intersects(a.boundary, h.location::geometry)))
)
SELECT id FROM small
 UNION SELECT id FROM own WHERE NOT EXISTS (SELECT FROM small)
 LIMIT %(most)s
"""
# The index is on geography; the area's box in it holds a little more, the outline decides.
_COUNTS: Final = """
SELECT a.id, a.name,
  (SELECT count(*) FROM homes_home h
    WHERE h.location && a.boundary::geography
      AND ST_Intersects(a.boundary, h.location::geometry)
      AND EXISTS (SELECT FROM homes_registration r WHERE r.home_id = h.id AND r.until IS NULL)),
  p.places, p.tied
  FROM geo_area a
 CROSS JOIN LATERAL (
   SELECT count(*) AS places,
          count(*) FILTER (WHERE EXISTS (
            SELECT FROM connections_partner c
              JOIN connections_partnership t ON t.partner_id = c.id
             WHERE c.asset_id = s.id AND t.status = ANY (%(live)s))) AS tied
     FROM assets_asset s
    WHERE s.location && a.boundary::geography
      AND ST_Intersects(a.boundary, s.location::geometry)
      AND s.visibility = 'published' AND s.state = 'open' AND s.category = ANY (%(kinds)s)
 ) p
 WHERE a.id = ANY (%(ids)s::bigint[])
"""


@dataclass(frozen=True)
class AreaGap:
    """One area as it may be shown: places to the nearest five, or too few homes to tell."""

    name: str
    homes: int | None  # of the public register, exact; None: too few to tell
    places: int = 0
    tied: int = 0
    area_id: int = 0

    @property
    def is_shown(self) -> bool:
        """Say whether there are homes enough to show anything."""
        return self.homes is not None

    @property
    def in_ten(self) -> int | None:
        """Of ten places, how many have a live tie; from the rounded counts."""
        return round(10 * min(self.tied / self.places, 1)) if self.places else None


def gaps_of(reach: Reach) -> list[AreaGap]:
    """Return the areas of a reach, those with most places without a tie first. Two queries."""
    ids = _areas_of(reach)
    if not ids:
        return []
    asked: dict[str, Any] = {"ids": ids, "live": list(LIVE), "kinds": list(KINDS)}
    rows = _rows(_COUNTS, asked)
    found = [published(*counts, area_id=pk) for pk, *counts in rows]
    return sorted(found, key=lambda gap: (not gap.is_shown, gap.tied - gap.places, gap.name))


def published(name: str, homes: int, places: int, tied: int, *, area_id: int = 0) -> AreaGap:
    """Return an area's counts as they may be shown."""
    if homes < FEWEST_HOMES:
        return AreaGap(name, None, area_id=area_id)
    return AreaGap(name, homes, nearest_five(places), nearest_five(tied), area_id)


def nearest_five(count: int) -> int:
    """Round a count of places to the nearest 5."""
    return (count + NEAREST // 2) // NEAREST * NEAREST


def _areas_of(reach: Reach) -> list[int]:
    asked = {
        "areas": list(reach.area_ids),
        "homes": [*reach.home_ids, *homes_of_cohorts(reach.cohort_ids)],
        "small": list(_SMALL),
        "most": AREAS_SHOWN,
    }
    return [pk for (pk,) in _rows(_WHICH, asked)]


def _rows(query: str, asked: dict[str, Any]) -> Iterable[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, asked)
        return list(cursor.fetchall())
