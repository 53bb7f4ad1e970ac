"""Which of the places that are due make a good round. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from assets.rounds.walking import Point, metres

METRES_A_MONTH: Final = 25.0
"""How much further somebody goes for a place that has waited a month longer."""

MOST_MONTHS: Final = 24
FRESH_EYES_M: Final = 300.0
"""How much further somebody goes for a place that another person looked at last."""


@dataclass(frozen=True)
class Candidate:
    """A place that somebody should look at."""

    id: int
    point: Point
    # Months since somebody looked.
    months: float
    # It goes before all others: somebody was asked by mail and has not answered.
    first: bool = False
    # The one who sets out looked at it last.
    mine: bool = False


def choose(candidates: Sequence[Candidate], *, size: int, start: Point) -> list[Candidate]:
    """Return at most ``size`` places close together, those that wait longest before others.

    Each next one is cheapest to reach from what is chosen; what goes first does so.
    """
    chosen: list[Candidate] = []
    for pool in (
        [each for each in candidates if each.first],
        [each for each in candidates if not each.first],
    ):
        left = list(pool)
        while left and len(chosen) < size:
            near = [start, *(each.point for each in chosen)]
            best = min(left, key=lambda each: (_cost(each, near), each.id))
            left.remove(best)
            chosen.append(best)
    return chosen


def _cost(candidate: Candidate, near: Sequence[Point]) -> float:
    away = min(metres(point, candidate.point) for point in near)
    waited = METRES_A_MONTH * min(candidate.months, MOST_MONTHS)
    return away - waited + (FRESH_EYES_M if candidate.mine else 0.0)
