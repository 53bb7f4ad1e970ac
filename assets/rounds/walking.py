"""The order in which places make a short walk. Pure; degrees, SRID 4326, and metres."""

import math
from collections.abc import Sequence
from typing import Final

Point = tuple[float, float]
"""Longitude and latitude."""

WINDING: Final = 1.3
"""Ways on foot are about this much longer than a straight line: an estimate, and said so."""

_METRES_A_DEGREE: Final = 111_195.0
_ENOUGH: Final = 1e-6  # metres: less is no gain, only a rounding


def metres(a: Point, b: Point) -> float:
    """Return the straight line between two points in a town, to a percent."""
    east = (b[0] - a[0]) * math.cos(math.radians((a[1] + b[1]) / 2))
    return math.hypot(east, b[1] - a[1]) * _METRES_A_DEGREE


def legs(points: Sequence[Point], start: Point | None = None) -> list[float]:
    """Return the straight line to each point from the one before; 0 to the first of all."""
    before = [start if start is not None else points[0], *points[:-1]] if points else []
    return [metres(a, b) for a, b in zip(before, points, strict=True)]


def length_m(points: Sequence[Point], start: Point | None = None) -> float:
    """Return how long a walk is in straight lines."""
    return sum(legs(points, start))


def nearest_first(points: Sequence[Point], start: Point | None = None) -> list[int]:
    """Return the order in which each next point is the nearest; without a start, from 0."""
    if not points:
        return []
    left = list(range(len(points)))
    order = [] if start is not None else [left.pop(0)]
    here = start if start is not None else points[0]
    while left:
        nearest = min(left, key=lambda i: (metres(here, points[i]), i))
        left.remove(nearest)
        order.append(nearest)
        here = points[nearest]
    return order


def short_walk(points: Sequence[Point], start: Point | None = None) -> list[int]:
    """Return a short order of points: never longer than nearest first.

    From ``start``, or from whichever point makes the walk shortest.
    """
    if start is not None:
        return _untangled(points, nearest_first(points, start), start)
    best: list[int] = []
    for first in range(len(points)):
        order = _from(points, first)
        order = _untangled(points, order, points[first])
        if not best or _length(points, order) < _length(points, best) - _ENOUGH:
            best = order
    return best


def _from(points: Sequence[Point], first: int) -> list[int]:
    rest = [i for i in range(len(points)) if i != first]
    return [first, *(rest[i] for i in nearest_first([points[i] for i in rest], points[first]))]


def _length(points: Sequence[Point], order: Sequence[int], start: Point | None = None) -> float:
    return length_m([points[i] for i in order], start)


def _untangled(points: Sequence[Point], order: list[int], start: Point) -> list[int]:
    """Turn stretches round for as long as that makes the walk shorter (2-opt)."""
    best, length = order, _length(points, order, start)
    better = True
    while better:
        better = False
        for i in range(len(best) - 1):
            for j in range(i + 1, len(best)):
                turned = [*best[:i], *reversed(best[i : j + 1]), *best[j + 1 :]]
                now = _length(points, turned, start)
                if now < length - _ENOUGH:
                    best, length, better = turned, now, True
    return best
