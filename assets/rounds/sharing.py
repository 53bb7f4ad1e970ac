"""How the places of a neighbourhood are shared out, so that no one carries it alone. Pure."""

from collections.abc import Mapping, Sequence
from typing import Final

from assets.rounds.walking import Point, length_m, short_walk

METRES_A_STOP: Final = 250.0
"""A walk this much longer is as much work as one more place."""


def split(points: Sequence[Point], parts: int) -> list[list[int]]:
    """Return the points in compact parts whose sizes differ by one at most.

    The ground is halved across its longer side again and again. Each part is in the
    order of a short walk.
    """
    found = _halved(points, list(range(len(points))), min(parts, len(points)))
    return [_walked(points, part) for part in found]


def _halved(points: Sequence[Point], part: list[int], parts: int) -> list[list[int]]:
    if parts <= 1:
        return [part] if part else []
    lons, lats = [points[i][0] for i in part], [points[i][1] for i in part]
    # A degree of longitude is three fifths of one of latitude, in Britain.
    side = 0 if (max(lons) - min(lons)) * 0.6 >= max(lats) - min(lats) else 1
    ordered = sorted(part, key=lambda i: (points[i][side], points[i][1 - side], i))
    left = parts // 2
    # The first ``extra`` parts hold one more than the rest.
    size, extra = divmod(len(ordered), parts)
    cut = left * size + min(left, extra)
    return [
        *_halved(points, ordered[:cut], left),
        *_halved(points, ordered[cut:], parts - left),
    ]


def _walked(points: Sequence[Point], part: list[int]) -> list[int]:
    return [part[i] for i in short_walk([points[i] for i in part])]


def work_of(points: Sequence[Point]) -> float:
    """Return how much work a walk is, in places."""
    return len(points) + length_m(points) / METRES_A_STOP


def share(work: Sequence[float], loads: Mapping[int, float]) -> list[int]:
    """Return who walks each round: always whoever has least to do, counting what they did.

    ``loads``: by person, the places they have to see and have seen lately. The most work
    is given out first.
    """
    carried, given = dict(loads), [0] * len(work)
    for index in sorted(range(len(work)), key=lambda i: (-work[i], i)):
        person = min(carried, key=lambda who: (carried[who], who))
        given[index] = person
        carried[person] += work[index]
    return given
