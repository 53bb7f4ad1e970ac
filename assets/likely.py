"""Rows that may be something we have from elsewhere: the same name, hardly any way off."""

import json
from collections.abc import Sequence
from typing import Final

from django.db import connection

from assets.models import AssetSource
from assets.search import ACCENTED, PLAIN
from intake.importers import Staged

WITHIN_M: Final = 100
"""Two records of one place lie closer: one has the door, the other the middle."""

# Letters and digits alone; a name without any of ours is compared as it is.
_SQUEEZED: Final = (
    "coalesce(nullif(regexp_replace(translate(lower({0}), %(accented)s, %(plain)s), "
    "'[^a-z0-9]+', '', 'g'), ''), lower({0}))"
)
_FIND: Final = f"""
SELECT r.number, found.name, found.source, found.metres
  FROM json_to_recordset(%(rows)s::json) AS r(number int, name text, lon float8, lat float8)
 CROSS JOIN LATERAL (
    SELECT a.name, a.source, ST_Distance(a.location, there.point) AS metres
      FROM (SELECT ST_SetSRID(ST_MakePoint(r.lon, r.lat), 4326)::geography AS point) AS there
      JOIN assets_asset a ON ST_DWithin(a.location, there.point, %(within)s)
     WHERE a.source <> %(source)s
       AND {_SQUEEZED.format("a.name")} = {_SQUEEZED.format("r.name")}
     ORDER BY metres LIMIT 1) AS found
"""  # noqa: S608 - a column of ours


def look_alikes(rows: Sequence[Staged], source: AssetSource) -> dict[int, str]:
    """Return why a row may be something from another source or added here, by its number.

    Of the same source none is asked: a file's own ids tell true neighbours of one name
    apart.
    """
    placed = [
        {"number": row.number, "name": row.title, "lon": row.lon, "lat": row.lat}
        for row in rows
        if row.lon is not None
    ]
    if not placed:
        return {}
    values: dict[str, str | int] = {
        "rows": json.dumps(placed),
        "within": WITHIN_M,
        "source": source.value,
        "accented": ACCENTED,
        "plain": PLAIN,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FIND, values)
        found = cursor.fetchall()
    return {
        number: f"{metres:.0f} m from {name} ({AssetSource(other).label}), same name"
        for number, name, other, metres in found
    }
