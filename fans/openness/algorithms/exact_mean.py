"""Means that do not depend on order, and headline figures rounded as by hand. Pure."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Exact:
    """A value kept twice: the float that is shown, and the fraction it stands for.

    Bands, medians and means of them are fractions. As floats, 56.25 may come out a hair
    below itself; rounding and levels are decided by the fraction, so they never waver.
    """

    value: float
    exact: Fraction

    @classmethod
    def of(cls, value: float) -> "Exact":
        """Take ``value`` as the decimal it is written as."""
        return cls(value, Fraction(str(value)))


def mean(parts: Iterable[tuple[Exact | None, float]]) -> Exact | None:
    """Return the mean of the known values, each with its weight; ``None`` if none is."""
    known = [(part, weight) for part, weight in parts if part is not None]
    if not known:
        return None
    weights = [Exact.of(weight) for _, weight in known]
    value = math.fsum(part.value * weight for part, weight in known)
    exact = sum(
        (p.exact * w.exact for (p, _), w in zip(known, weights, strict=True)), Fraction()
    )
    return Exact(
        value / math.fsum(w.value for w in weights),
        exact / sum((w.exact for w in weights), Fraction()),
    )


def headline(mean: Exact | None, factor: int) -> float | None:
    """Return ``factor`` times the exact mean, rounded half up to one decimal place."""
    if mean is None:
        return None
    tenths = math.floor(mean.exact * factor * 10 + Fraction(1, 2))
    return tenths / 10
