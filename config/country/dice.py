"""Chance that can be repeated, on any machine and Python: a seed gives the same draws."""

import random
from collections.abc import Callable, Iterable, Sequence
from statistics import NormalDist
from typing import Final, TypeVar

T = TypeVar("T")

_STEPS: Final = 2048
NORMAL: Final = tuple(NormalDist().inv_cdf((number + 0.5) / _STEPS) for number in range(_STEPS))
"""The bell curve in equally likely steps, from -3.5 to 3.5."""


def dice(seed: int, part: str) -> Callable[[], float]:
    """Return draws in [0, 1) of one part's own, so that parts do not disturb each other.

    Only ``random()`` is used: Python promises that its numbers stay the same.
    """
    return random.Random(f"country {seed}: {part}").random  # noqa: S311 - scenery


def pick(draw: Callable[[], float], among: Sequence[T]) -> T:
    """Return one of them, all equally likely."""
    return among[int(draw() * len(among))]


def bell(draw: Callable[[], float]) -> float:
    """Return a number around 0 with a standard deviation of 1."""
    return NORMAL[int(draw() * _STEPS)]


def slots(shares: Iterable[tuple[T, int]]) -> tuple[T, ...]:
    """Return each item as often as its share says, to pick from."""
    return tuple(item for item, share in shares for _ in range(share))
