"""Fold what has changed into the pyramid's cells, and hold them against all places.

One transaction takes changes away and adds them to the cells, so that nobody who reads,
at whatever moment, sees a change twice or not at all. Who folds, checks or mends takes
turns; who writes places waits for none of them.
"""

from typing import Final

from django.db import connection, transaction

from geo.models import PyramidCheck
from geo.pyramid import counted

MOST_AT_ONCE: Final = 200_000
"""Changes folded in by one transaction; their kinds and cells fit in memory."""

_TURN: Final = "geo.pyramid"
_MEMORY: Final = "128MB"

_SHEETS: Final = """
    every_sheet AS MATERIALIZED (
        SELECT page | ((((z::bigint << 12 | (y >> (31 - z))) << 12 | (x >> (31 - z))) << 8
                | sheet) << 10) | (((y >> (26 - z)) & 31) << 5) | ((x >> (26 - z)) & 31) AS key,
               sum(n)::int AS n,
               sum(n * ((x >> (19 - z)) & 127))::int AS sx,
               sum(n * ((y >> (19 - z)) & 127))::int AS sy
        FROM (SELECT x, y, n, 0::bigint, what FROM spots
              UNION ALL  -- what has a mark, by its kind on a page of its own
              SELECT x, y, n, 1::bigint << 46, kind << 3 | (what & 7) FROM spots WHERE kind > 0
             ) AS spot (x, y, n, page, sheet),
             generate_series(0, 12) AS z
        GROUP BY 1
    ),
    -- Over any state, over any kind, over any of both; for zooms up to 10.
    summed AS (
        SELECT key & sheet.mask AS key, sum(n) AS n, sum(sx) AS sx, sum(sy) AS sy
        FROM every_sheet,
             (VALUES (~(7::bigint << 10)), (~(31::bigint << 13)), (~(255::bigint << 10)))
             AS sheet (mask)
        WHERE key & ((1::bigint << 46) - 1) < 11::bigint << 42
          -- What has a mark (31) is counted by its kind already, and is the sum of its page.
          AND ((key < 1::bigint << 46 AND (key >> 13) & 31 < 31)
               OR sheet.mask = ~(7::bigint << 10))
        GROUP BY 1
    ),
    cells AS (SELECT * FROM every_sheet UNION ALL SELECT * FROM summed)
"""

_PUT: Final = """
    INSERT INTO geo_pyramidcell AS c (key, n, sx, sy)
    SELECT key, n, sx, sy FROM {source} WHERE (n, sx, sy) <> (0, 0, 0) ORDER BY key
    ON CONFLICT (key) DO UPDATE
    SET n = c.n + excluded.n, sx = c.sx + excluded.sx, sy = c.sy + excluded.sy
"""

_FOLD: Final = f"""
    WITH taken AS (
        DELETE FROM geo_pyramidchange
        WHERE id IN (SELECT id FROM geo_pyramidchange ORDER BY id LIMIT %s)
        RETURNING x, y, what, kind, n
    ),
    spots AS (
        SELECT x, y, what, kind, sum(n)::int AS n FROM taken GROUP BY 1, 2, 3, 4
    ),
    {_SHEETS},
    put AS ({_PUT.format(source="cells")})
    SELECT count(*) FROM taken
"""  # noqa: S608
_FORGET: Final = "DELETE FROM geo_pyramidcell WHERE n = 0"

# What all places make, less what has been written of them: a cell that is right is 0.
_DIFFERENCE: Final = f"""
    WITH spots AS (
        SELECT x, y, what, kind, 1 AS n FROM ({{spots}}) AS placed
        UNION ALL
        SELECT x, y, what, kind, -n FROM geo_pyramidchange
    ),
    {_SHEETS},
    difference AS MATERIALIZED (
        SELECT key, sum(n) AS n, sum(sx) AS sx, sum(sy) AS sy
        FROM (
            SELECT key, n, sx, sy FROM cells
            UNION ALL
            SELECT key, -n, -sx, -sy FROM geo_pyramidcell
        ) AS both_sides
        GROUP BY key
    )
"""  # noqa: S608
_COUNT: Final = """
    SELECT count(*), count(*) FILTER (WHERE (n, sx, sy) <> (0, 0, 0)) FROM difference
"""


def fold(*, most: int = MOST_AT_ONCE) -> int:
    """Fold in at most so many changes, the oldest first; return how many.

    None where another is at it.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext(%s))", [_TURN])
        if not cursor.fetchone()[0]:
            return 0
        _make_room(cursor)
        cursor.execute(_FOLD, [most])
        (count,) = cursor.fetchone()
        cursor.execute(_FORGET)
    return int(count)


def fold_all() -> int:
    """Fold in what has changed, some at a time, until little is left; return how many."""
    total = 0
    while (count := fold()) > 0:
        total += count
        if count < MOST_AT_ONCE:
            break
    return total


@transaction.atomic
def check(*, mend: bool = False) -> PyramidCheck:
    """Count all places anew and keep how many cells differ; ``mend`` puts those right."""
    with connection.cursor() as cursor:
        # Places first, as whoever empties their table does: else each would wait for the
        # other. Then the turn, by a statement of its own, so that the next sees it all.
        cursor.execute(f"SELECT FROM ({counted().spots}) AS placed LIMIT 0")
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [_TURN])
        _make_room(cursor)
        put = f", put AS ({_PUT.format(source='difference')})" if mend else ""
        cursor.execute(_DIFFERENCE.format(spots=counted().spots) + put + _COUNT)
        cells, different = cursor.fetchone()
        cursor.execute(_FORGET)
    return PyramidCheck.objects.create(cells=cells, different=different)


def _make_room(cursor: object) -> None:
    cursor.execute("SET LOCAL jit = off")  # type: ignore[attr-defined]
    cursor.execute("SET LOCAL work_mem = %s", [_MEMORY])  # type: ignore[attr-defined]
