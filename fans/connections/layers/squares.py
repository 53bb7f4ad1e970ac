"""The squares of the coverage grid: the map's own tiles at one zoom. Pure.

Tiles of web mercator at zoom 12 are 5 to 6 km wide in this country, the same on every map
that people compare with, and never move. One size alone is ever told of: figures of two
sizes could be subtracted.
"""

import math
from typing import Final, NamedTuple

ZOOM: Final = 12
ACROSS: Final = 2**ZOOM


class Square(NamedTuple):
    """One square by its tile's numbers: x from west, y from north."""

    x: int
    y: int

    @property
    def key(self) -> str:
        """Name it in an address or a file: "2021-1327"."""
        return f"{self.x}-{self.y}"

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Its edges: west, south, east, north, in degrees."""
        west, north = _corner(self.x, self.y)
        east, south = _corner(self.x + 1, self.y + 1)
        return west, south, east, north


def square_at(lon: float, lat: float) -> Square:
    """Return the square that a point lies in."""
    down = math.asinh(math.tan(math.radians(lat)))
    return Square(
        math.floor((lon + 180) / 360 * ACROSS),
        math.floor((1 - down / math.pi) / 2 * ACROSS),
    )


def _corner(x: int, y: int) -> tuple[float, float]:
    lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / ACROSS))))
    return x / ACROSS * 360 - 180, lat
