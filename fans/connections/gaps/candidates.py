"""Places that could be suggested to a home: of each kind the nearest, whatever their number.

Each kind brings at most 50, so that no kind with many places (shops) crowds out one with
few (youth groups) before the rule has looked at either.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from django.contrib.gis.geos import Point
from django.db import connection

from assets import categories
from fans.connections.gaps.ways import LOOK_WITHIN_M

OF_EACH_KIND: Final = 50
KINDS: Final = tuple(slug for slug in categories.SLUGS if slug not in categories.UNREACHABLE)
"""Kinds of place that a home can be tied to, and that lie somewhere."""

# The kind is compared as text with text: GiST keeps kind and place in one index, and walks
# it in the order of distance only where the types are alike. "IN (...)" would not either.
# What lies too far is left out afterwards: asked for inside, all that lies near enough
# would be fetched and sorted, in a town some thousands of each kind.
NEAREST: Final = """
SELECT near.*
  FROM unnest(%(kinds)s::text[]) AS kind(slug)
 CROSS JOIN LATERAL (
   SELECT id, name, category, could_give, would_love,
          CASE WHEN %(about)s THEN concat_ws(' ', name, description, suits) ELSE '' END,
          opening_hours, closed_from, closed_until, wheelchair, step_free, check_state,
          ST_X(location::geometry), ST_Y(location::geometry),
          ST_Distance(location, %(here)s::geography) AS metres
     FROM assets_asset
    WHERE category = kind.slug AND visibility = 'published' AND state = 'open'
      AND id <> ALL (%(left_out)s::bigint[])
    ORDER BY location <-> %(here)s::geography
    LIMIT %(most)s
 ) near
 WHERE near.metres <= %(within)s
"""


class Place(NamedTuple):
    """One place, with the straight line to it in metres."""

    pk: int
    name: str
    category: str
    could_give: str
    would_love: str
    about: str  # empty unless asked for
    opening_hours: str
    closed_from: dt.date | None
    closed_until: dt.date | None
    wheelchair: str
    step_free: str
    check_state: str
    lon: float
    lat: float
    metres: float


def nearest_of_each_kind(
    here: Point,
    *,
    left_out: Iterable[int] = (),
    with_about: bool = False,
    most: int = OF_EACH_KIND,
) -> list[Place]:
    """Return published, open places within 10 km: of each kind those nearest to ``here``.

    ``with_about``: also their names and what they say of whom they suit. One query.
    """
    asked: dict[str, Any] = {
        "kinds": list(KINDS),
        "about": with_about,
        "here": here.ewkt,
        "within": LOOK_WITHIN_M,
        "left_out": list(left_out),
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(NEAREST, asked)
        return [Place._make(row) for row in cursor.fetchall()]
