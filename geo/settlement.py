"""Where people live, for wide maps: tiles of counted cells, drawn when postcodes are loaded.

Counting a country's postcodes takes seconds, so no visitor's map does it: each tile of a
zoom up to ``FINEST_ZOOM`` is one row. Its points are those of ``geo.tiles.encode_points``,
with ``n``; those of one ``n`` are one feature, which is a quarter of the bytes.
"""

from typing import Final

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from geo.models import Postcode, PostcodeCell, Precision, SettlementTile
from geo.tiles import EXTENT, Tile

COARSEST_ZOOM: Final = 4
FINEST_ZOOM: Final = 10
SECTORS_UP_TO_ZOOM: Final = 6
"""So far out, the middles of sectors draw the country as well as their postcodes."""
CELLS: Final = 128
"""Along each side of a tile."""

# u and v run from 0 to 1 over the web mercator world, from its north-west corner.
_PLACED = """
SELECT (ST_X(location::geometry) + 180) / 360 AS u,
       0.5 - atanh(sind(ST_Y(location::geometry))) / (2 * pi()) AS v, {count} AS n
  FROM {table} WHERE {which} OFFSET 0
"""
_GATHER = """
CREATE TEMPORARY TABLE settled ON COMMIT DROP AS
SELECT sum(u * n) / sum(n) AS u, sum(v * n) / sum(n) AS v, sum(n)::int AS n
  FROM ({placed}) AS placed GROUP BY floor(u * %(cells)s), floor(v * %(cells)s)
"""
# Counts are rounded to two binary digits: 1 2 3 4 6 8 12 16 24...
_DRAW = """
INSERT INTO geo_settlementtile (z, x, y, data)
WITH cells AS (
    SELECT sum(u * n) / sum(n) * %(tiles)s AS tx, sum(v * n) / sum(n) * %(tiles)s AS ty,
           sum(n)::float8 AS n
      FROM settled GROUP BY floor(u * %(cells)s), floor(v * %(cells)s)
), rounded AS (
    SELECT floor(tx)::int AS x, floor(ty)::int AS y,
           floor((tx - floor(tx)) * {extent}) AS px, floor((ty - floor(ty)) * {extent}) AS py,
           (round(n / step) * step)::int AS n
      FROM (SELECT *, greatest(1, power(2, floor(ln(n) / ln(2::float8) + 1e-9) - 1)) AS step
              FROM cells) AS stepped
), gathered AS (
    SELECT x, y, n, ST_Collect(ST_MakePoint(px, py) ORDER BY py, px) AS geom
      FROM rounded GROUP BY 1, 2, 3
)
SELECT %(zoom)s, x, y, ST_AsMVT(feature, 'postcodes', {extent}, 'geom')
  FROM gathered CROSS JOIN LATERAL (SELECT gathered.n, gathered.geom) AS feature
 GROUP BY 2, 3
"""


@transaction.atomic
def draw_settlement(
    *, table: str = Postcode._meta.db_table, cells: str = PostcodeCell._meta.db_table
) -> int:
    """Draw all tiles anew from two tables' postcodes and cells; return how many there are."""
    postcodes = {"table": table, "count": "1", "which": "true"}
    sectors = {
        "table": cells,
        "count": "postcodes_count",
        "which": f"kind = '{Precision.SECTOR}'",
    }
    with connection.cursor() as cursor:
        SettlementTile.objects.all().delete()
        wide = range(COARSEST_ZOOM, SECTORS_UP_TO_ZOOM + 1)
        near = range(SECTORS_UP_TO_ZOOM + 1, FINEST_ZOOM + 1)
        return _draw(cursor, wide, sectors) + _draw(cursor, near, postcodes)


def _draw(cursor: CursorWrapper, zooms: range, source: dict[str, str]) -> int:
    cursor.execute("DROP TABLE IF EXISTS pg_temp.settled")
    gather = _GATHER.format(placed=_PLACED.format(**source))
    cursor.execute(gather, {"cells": CELLS * 2**FINEST_ZOOM})
    cursor.execute("ANALYZE pg_temp.settled")
    drawn = 0
    for zoom in zooms:
        sizes = {"zoom": zoom, "tiles": 2**zoom, "cells": CELLS * 2**zoom}
        cursor.execute(_DRAW.format(extent=EXTENT), sizes)
        drawn += cursor.rowcount
    return drawn


def drawn_settlement(tile: Tile) -> bytes | None:
    """Return a tile's layer ``postcodes``, ``b""`` where nobody lives; None if none is drawn.

    None also beyond ``FINEST_ZOOM``: there postcodes are read one by one.
    """
    if not COARSEST_ZOOM <= tile.z <= FINEST_ZOOM:
        return None
    drawn = SettlementTile.objects.values_list("data", flat=True)
    data = drawn.filter(z=tile.z, x=tile.x, y=tile.y).first()
    if data is None:
        return b"" if drawn.exists() else None
    return bytes(data)
