"""Which tiles a map's first view is sure to ask for, so that a page can ask beforehand.

The map's script works out the same once it runs (``signTiles`` in map/sign-tiles.ts); over
a slow line that is a round trip later.
"""

import math
from typing import Final

from django.http import HttpRequest, QueryDict

from frontend.selection import Selection

_WITHIN: Final = (
    ("", 160, 120),
    ("(min-width: 60rem)", 230, 250),
    ("(min-width: 80rem)", 390, 300),
)
"""How far the map reaches from its middle at least, in pixels, in windows so wide."""

_COUNTS_UP_TO: Final = 13
_TILE_PX: Final = 256
_ZOOMS: Final = range(5, 19)


def first_tiles(request: HttpRequest, selection: Selection, at: str) -> list[tuple[str, str]]:
    """Return address and media query of each tile; ``at`` is "lat,lon,zoom".

    None where the view depends on the window, as around what a search has found.
    """
    view = _read(request.GET.get("at", "")) or (None if selection.words else _read(at))
    if view is None:
        return []
    shown = (("assets", selection.shows_places), ("homes", selection.shows_homes))
    layers = [layer for layer, is_shown in shown if is_shown]
    found: dict[str, str] = {}
    for media, across, down in _WITHIN:
        for tile in _tiles(*view, across, down):
            for layer in layers:
                found.setdefault(_address(layer, tile, selection.filters), media)
    return list(found.items())


def _read(at: str) -> tuple[float, float, int] | None:
    try:
        lat, lon, zoom = (float(part) for part in at.split(","))
    except ValueError:
        return None
    if not (49 <= lat <= 61.5 and -9.5 <= lon <= 3 and zoom in _ZOOMS):  # geo.ts, UK
        return None
    return lat, lon, int(zoom)


def _tiles(lat: float, lon: float, zoom: int, across: int, down: int) -> list[tuple[int, ...]]:
    """Return (z, x, y) of what lies within so many pixels of a point."""
    level = zoom - (2 if zoom <= _COUNTS_UP_TO else 1)
    sine = math.sin(math.radians(lat))
    x = (lon + 180) / 360 * 2**level
    y = (0.5 - math.atanh(sine) / (2 * math.pi)) * 2**level
    width = _TILE_PX * 2 ** (zoom - level)
    columns = range(math.floor(x - across / width), math.floor(x + across / width) + 1)
    rows = range(math.floor(y - down / width), math.floor(y + down / width) + 1)
    numbers = range(2**level)
    return [(level, c, r) for r in rows for c in columns if c in numbers and r in numbers]


def _address(layer: str, tile: tuple[int, ...], filters: QueryDict) -> str:
    query = filters.urlencode()
    path = "/".join(str(number) for number in tile)
    return f"/tiles/{layer}/{path}.mvt" + (f"?{query}" if query else "")
