"""What scoring gives. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Coverage:
    """How much is known, and whether it is enough for an overall score."""

    known: int
    of: int
    dimensions: int
    enough: bool


@dataclass(frozen=True)
class Sign:
    """One indicator's score, 0 to 4, unrounded. ``None`` is not known.

    ``raw`` belongs to the computed half, ``medians`` to the assessed one.
    """

    raw: float | None = None
    value: float | None = None
    computed: int | None = None
    assessed: float | None = None
    medians: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Score:
    """How open a home is.

    ``overall``, ``lived`` and ``felt`` run from 0 to 100, rounded half up to one place;
    ``level`` is the id of the level of the unrounded overall; dimensions and indicators
    run from 0 to 4, unrounded. ``None`` is not known, or not enough known. What does not
    apply in this home is ``not_applicable``: it is neither known nor missing.
    """

    overall: float | None
    level: str | None
    lived: float | None
    felt: float | None
    coverage: Coverage
    dimensions: Mapping[str, float | None]
    indicators: Mapping[str, Sign]
    missing: tuple[str, ...]
    flags: tuple[str, ...]
    not_applicable: tuple[str, ...] = ()
