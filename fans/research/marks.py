"""What could mark out a home: its area, type and size, and how far its partners are. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from fans.disclosure import HOMES_SHARING, blank_rare

BED_BANDS: Final = ("1-19", "20-39", "40-59", "60+")
"""Bands of registered beds. Under 20 is the instrument's small home."""

_BED_BAND_STARTS: Final = (1, 20, 40, 60)

DISTANCE_BANDS: Final = ("<400 m", "400-800 m", "800 m-2 km", "2 km+")
"""Straight lines: a five and a ten minutes' walk, a short drive, and further."""

_DISTANCE_BAND_STARTS_M: Final = (0, 400, 800, 2000)


class Marks(NamedTuple):
    """What is said of a home; an empty text says nothing."""

    area: str = ""
    type: str = ""
    bed_band: str = ""

    def keeping(self, kept: tuple[str, ...]) -> "Marks":
        """Return the marks with all but ``kept`` left empty."""
        return Marks(**{mark: getattr(self, mark) for mark in kept})


KEEPING: Final = (
    ("area", "type", "bed_band"),
    ("type", "bed_band"),
    ("area", "type"),
    ("area", "bed_band"),
    ("type",),
    ("bed_band",),
    ("area",),
)
"""What is tried in turn: as many marks as can be; the area goes first, the type last."""


def bed_band(beds: int | None) -> str:
    """Name the band of a number of registered beds; empty where it is unknown or 0."""
    return _band(beds, BED_BANDS, _BED_BAND_STARTS) if beds else ""


def distance_band(metres: float | None) -> str:
    """Name the band of a distance in metres; empty where it is unknown."""
    if metres is None:
        return ""
    return _band(metres, DISTANCE_BANDS, _DISTANCE_BAND_STARTS_M)


def _band(amount: float, names: Sequence[str], starts: Sequence[int]) -> str:
    reached = [n for n, start in zip(names, starts, strict=True) if amount >= start]
    return reached[-1]


def marks_shown(homes: Sequence[Marks]) -> list[Marks]:
    """Blank marks until every combination that is shown stands on at least 5 homes.

    A combination is what is left to read of a home, so each single mark is shared by 5
    as well. Homes with equal marks are treated alike, in whatever order they come.
    """
    shown = [Marks()] * len(homes)
    waiting = list(range(len(homes)))
    for kept in KEEPING:
        tried = blank_rare([homes[i].keeping(kept) for i in waiting])
        for i, marks in zip(waiting, tried, strict=True):
            shown[i] = marks or shown[i]
        waiting = [i for i, marks in zip(waiting, tried, strict=True) if marks is None]
    return shown


def distances_shown(found: Iterable[tuple[str, str, str]]) -> set[tuple[str, str]]:
    """Return the pairs of category and distance band that may be told.

    ``found`` names home, category and band of every tie. The places around a home are
    on a public map: "a museum within 400 m" is as good as an address where one home
    alone has it. So a pair is told only where at least 5 homes of the file show it.
    """
    homes: Mapping[tuple[str, str], set[str]] = defaultdict(set)
    for home, category, band in found:
        homes[category, band].add(home)
    return {pair for pair, sharing in homes.items() if len(sharing) >= HOMES_SHARING}
