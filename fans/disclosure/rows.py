"""Row-level research files: people in bands, rare homes without what marks them."""

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import Final, TypeVar

BANDS: Final = ("0", "1-4", "5-9", "10-19", "20+")
"""The bands a count of people falls in, in order."""

_BAND_STARTS: Final = (0, 1, 5, 10, 20)

HOMES_SHARING: Final = 5
"""Homes of one file that must share area, type and bed band for these to be given."""

Marks = TypeVar("Marks", bound=Hashable)


def band(people: int | None) -> str | None:
    """Name the band of a count of people; None where it is not known.

    Raises:
        ValueError: ``people`` is negative.
    """
    if people is None:
        return None
    if people < 0:
        raise ValueError(f"A count of people is never negative: {people}.")
    found = max(index for index, start in enumerate(_BAND_STARTS) if people >= start)
    return BANDS[found]


def blank_rare(homes: Sequence[Marks], *, at_least: int = HOMES_SHARING) -> list[Marks | None]:
    """Blank what marks a home unless ``at_least`` homes of the file share it.

    ``homes`` holds one value a home, in the file's order: its area, type and bed band
    together, as a tuple. What comes back stands in the same order.
    """
    shared = Counter(homes)
    return [marks if shared[marks] >= at_least else None for marks in homes]
