"""Which tiles are asked for: half by lot, half where the most places are."""

import random
from collections import Counter
from typing import Any, Final

import psycopg

FINEST: Final = 16
SEED: Final = 7
Tile = tuple[int, int, int]
Counts = dict[int, Counter[tuple[int, int]]]

# Column and row of a point's tile at the finest zoom, in web mercator.
_COUNTS: Final = """
SELECT floor((ST_X(flat) / 40075016.685578488 + 0.5) * {n})::int,
       floor((0.5 - ST_Y(flat) / 40075016.685578488) * {n})::int, count(*)
  FROM (SELECT ST_Transform(location::geometry, 3857) AS flat FROM assets_asset
         WHERE visibility = 'published' AND state = 'open' AND location IS NOT NULL) shown
 GROUP BY 1, 2 ORDER BY 1, 2
"""


def count_tiles(connection: psycopg.Connection[tuple[Any, ...]]) -> Counts:
    """Count the public places in every tile that has any, for zooms 5 to 16."""
    rows = connection.execute(_COUNTS.format(n=2**FINEST)).fetchall()
    counts: Counts = {}
    for zoom in range(5, FINEST + 1):
        counts[zoom] = Counter()
        for x, y, n in rows:
            counts[zoom][x >> (FINEST - zoom), y >> (FINEST - zoom)] += n
    return counts


def choose(counts: Counts, zooms: range, each: int, *, uniform: bool = True) -> list[Tile]:
    """Choose ``each`` tiles of every zoom, from a seed; none that holds nothing.

    Half of them by lot among all, half by lot among the places in them; without
    ``uniform`` all of them so.
    """
    draw = random.Random(SEED)  # noqa: S311 - the same tiles each time
    chosen: list[Tile] = []
    for zoom in zooms:
        tiles = sorted(counts[zoom])
        plain = draw.sample(tiles, min(each // 2, len(tiles))) if uniform else []
        weights = [counts[zoom][tile] for tile in tiles]
        dense = draw.choices(tiles, weights, k=each - len(plain))
        chosen += [(zoom, x, y) for x, y in (*plain, *dense)]
    return chosen
