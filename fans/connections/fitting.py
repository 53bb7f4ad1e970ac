"""How well two sides fit: the shape of every suggestion, open to the last part.

A suggestion is never one bare number. It is a list of parts, each between 0 and 1 with
its weight and its reason in words, and the total is their weighted sum and nothing else.
Pure: no Django, no records, no clock.
"""

from dataclasses import dataclass
from math import fsum, isclose


@dataclass(frozen=True, slots=True)
class Part:
    """One reason: what was looked at, how far it speaks for the pair, and why."""

    name: str  # a slug, such as "reach"
    label: str  # as the page says it, such as "Getting there"
    value: float  # 0 speaks against, 1 speaks fully for
    weight: float  # share of the total, 0-1
    words: str  # the reason, such as "400 m on foot"

    def __post_init__(self) -> None:
        """Refuse a value outside 0-1 (also NaN): it would bend every total."""
        if not 0 <= self.value <= 1 or not 0 <= self.weight <= 1:
            raise ValueError(f"{self.name}: {self.value} x {self.weight} is not in 0-1")

    @property
    def percent(self) -> int:
        """The value in whole hundredths, for a bar."""
        return round(self.value * 100)


@dataclass(frozen=True, slots=True)
class Fit:
    """Every part of one suggestion, with the sentence that leads it."""

    parts: tuple[Part, ...]
    lead: str = ""

    def __post_init__(self) -> None:
        """Refuse parts whose weights do not make one whole."""
        if not isclose(fsum(part.weight for part in self.parts), 1.0):
            raise ValueError("The weights of a fit must add up to 1.")

    @property
    def total(self) -> float:
        """The weighted sum of the parts, 0-1, summed without rounding on the way."""
        return fsum(part.value * part.weight for part in self.parts)

    @property
    def percent(self) -> int:
        """The total in whole hundredths, as a page shows it."""
        return round(self.total * 100)

    def part(self, name: str) -> Part:
        """Give the part called ``name``; KeyError where the fit has none."""
        for part in self.parts:
            if part.name == name:
                return part
        raise KeyError(name)
