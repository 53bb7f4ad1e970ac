"""What the count pyramid should say, reckoned from the places one by one."""

import math
from collections import Counter

from assets.models import Asset
from geo.pyramid import FINEST_ZOOM, CellsAsked, encode_cells
from geo.tiles import EXTENT, Tile
from tests.mvt import read_tile

ALL = CellsAsked("assets")
CELL = EXTENT // 32


def spot(point, zoom):
    """Return a point's tile (x, y) and cell (x, y), by the formula of web mercator."""
    part_x = (point.x + 180) / 360
    part_y = (1 - math.asinh(math.tan(math.radians(point.y))) / math.pi) / 2
    x, y = (int(part * 2**zoom * 32) for part in (part_x, part_y))
    return (x // 32, y // 32), (x % 32, y % 32)


def wanted(asked, zoom):
    """Return {tile: Counter of its cells} as the rows say."""
    rows = Asset.objects.filter(visibility="published", state="open", location__isnull=False)
    found = {}
    for row in rows:
        if asked.kinds and row.category not in asked.kinds:
            continue
        if asked.states and row.check_state not in asked.states:
            continue
        if asked.offers and not row.could_give:
            continue
        if asked.mark and row.wheelchair not in ("yes", "limited"):
            continue
        tile, cell = spot(row.location, zoom)
        found.setdefault(tile, Counter())[cell] += 1
    return found


def shown(asked, tile, **more):
    """Return a Counter of the cells that a tile shows."""
    features = read_tile(encode_cells(asked, tile, **more)).get(asked.layer, [])
    return Counter({(f.at[0] // CELL, f.at[1] // CELL): f.properties["n"] for f in features})


def assert_right(asked=ALL, *, tiles=(), zooms=range(FINEST_ZOOM + 1)):
    """Hold what tiles show against the rows; ``tiles`` may be empty by now."""
    for zoom in zooms:
        should = wanted(asked, zoom)
        known = {(tile.x, tile.y) for tile in tiles if tile.z == zoom}
        for x, y in known | should.keys():
            assert shown(asked, Tile(zoom, x, y)) == should.get((x, y), Counter()), (zoom, x, y)
