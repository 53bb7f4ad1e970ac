"""How long wishes wait until they come true. Pure."""

from collections.abc import Iterable
from statistics import median
from typing import Final

FEWEST: Final = 3
"""Of fewer granted wishes nothing is said: the middle of two is either's own story."""


def median_days(days: Iterable[int]) -> float | None:
    """Return the middle of the days from pegging up to granting; None for fewer than three."""
    waited = list(days)
    return float(median(waited)) if len(waited) >= FEWEST else None


def in_words(middle: float | None) -> str:
    """Say it in a sentence; nothing where there is nothing to say."""
    if middle is None:
        return ""
    whole = int(middle + 0.5)
    if whole == 0:
        return "Half of the wishes came true on the day they were pegged up."
    return f"Half of the wishes came true within {whole} day{'s' if whole > 1 else ''}."
