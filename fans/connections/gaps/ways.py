"""How far a place is for the people of a home, and what that is worth. Pure.

Walking or wheeling with help reaches 400 m (near) and 800 m; a minibus reaches what it
gets to in 15 minutes. Distances are along the ground: measured by a router where the
operator has set one, else the straight line times 1.3.
"""

from dataclasses import dataclass
from typing import Final

NEAR_M: Final = 400
WALK_M: Final = 800
MINIBUS_MIN: Final = 15
MINIBUS_M_A_MIN: Final = 500
"""30 km/h on the straight-line estimate: town streets, with the lift at both ends."""

DETOUR: Final = 1.3
"""What streets add to a straight line, where nothing has measured them."""

BY_MINIBUS: Final = 0.6
LOOK_WITHIN_M: Final = 10_000
"""How far to look, in a straight line: beyond, reach is worth next to nothing."""


@dataclass(frozen=True, slots=True)
class Way:
    """The way from a home to a place."""

    walk_m: float | None  # on foot or wheels; None: no way was found
    ride_min: float | None  # by road
    measured: bool = False  # by a router, not from the straight line


def straight(metres: float) -> Way:
    """Estimate the way from a straight line, in metres."""
    walk_m = metres * DETOUR
    return Way(walk_m, walk_m / MINIBUS_M_A_MIN)


def walkable(way: Way) -> bool:
    """Say whether people can walk or wheel there."""
    return way.walk_m is not None and way.walk_m <= WALK_M


def by_minibus(way: Way, *, has_minibus: bool) -> bool:
    """Say whether the home's minibus gets there in time."""
    return has_minibus and way.ride_min is not None and way.ride_min <= MINIBUS_MIN


def reach_value(way: Way, *, has_minibus: bool) -> float:
    """Return 1 inside the walking area, 0.6 inside the minibus's, less with distance.

    Beyond, it halves with every further area's width: for a home that walks only, with
    every 800 m; for one with a minibus, with every 15 minutes.
    """
    if walkable(way):
        return 1.0
    if by_minibus(way, has_minibus=has_minibus):
        return BY_MINIBUS
    widths = _widths(way, has_minibus=has_minibus)
    return 0.0 if widths is None else BY_MINIBUS * 0.5 ** (widths - 1)


def _widths(way: Way, *, has_minibus: bool) -> float | None:
    """Return how many times as far as the home reaches it is."""
    if has_minibus:
        return None if way.ride_min is None else way.ride_min / MINIBUS_MIN
    return None if way.walk_m is None else way.walk_m / WALK_M
