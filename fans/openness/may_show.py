"""What may be shown of a score: what too few people answered is left out. Pure."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from fans.openness.evidence import Evidence
from fans.openness.few_answers import hidden_groups, kept_back, level_to_show
from fans.openness.instrument import Instrument
from fans.openness.result import Coverage, Score


@dataclass(frozen=True)
class Figures:
    """What may be shown; ``None`` is not known, not enough known, or kept back.

    ``overall``, ``lived`` and ``felt`` run from 0 to 100, dimensions, indicators and
    medians from 0 to 4. ``level`` is a level's id. ``kept`` names the indicators whose
    value is kept back; ``medians`` are by indicator and group, with hidden groups left out.
    """

    instrument: str
    as_of: dt.date
    overall: float | None
    level: str | None
    lived: float | None
    felt: float | None
    dimensions: Mapping[str, float | None]
    indicators: Mapping[str, float | None]
    medians: Mapping[str, Mapping[str, float]]
    flags: tuple[str, ...]
    kept: frozenset[str]
    coverage: Coverage
    missing: tuple[str, ...]

    @property
    def keeps_back(self) -> bool:
        """Whether too few people answered for everything to be shown."""
        return bool(self.kept)


def figures(
    instrument: Instrument, evidence: Evidence, score: Score, *, as_of: dt.date, least: int
) -> Figures:
    """Return what may be shown of a score to somebody for whom groups need ``least`` people."""
    kept = kept_back(instrument, evidence, score, least)
    medians = {
        id: _shown_medians(instrument, evidence, score, id, least) for id in score.indicators
    }
    return Figures(
        instrument=instrument.version,
        as_of=as_of,
        overall=None if kept else score.overall,
        level=level_to_show(instrument, evidence, score, kept, least),
        lived=score.lived,
        felt=None if kept else score.felt,
        dimensions=_dimensions(instrument, score, kept),
        indicators={
            id: None if id in kept else sign.value for id, sign in score.indicators.items()
        },
        medians={id: shown for id, shown in medians.items() if shown},
        flags=_flags(instrument, score, medians),
        kept=frozenset(kept),
        coverage=score.coverage,
        missing=score.missing,
    )


def _shown_medians(
    instrument: Instrument, evidence: Evidence, score: Score, id: str, least: int
) -> dict[str, float]:
    medians = score.indicators[id].medians
    answers = evidence.assessed.get(id, {})
    hidden = hidden_groups(instrument, medians, answers, least)
    return {group: median for group, median in medians.items() if group not in hidden}


def _dimensions(
    instrument: Instrument, score: Score, kept: Collection[str]
) -> dict[str, float | None]:
    """Return the dimensions; one with a sign kept back would tell that sign's value."""
    return {
        id: None if any(i.id in kept for i in instrument.indicators_of(id)) else value
        for id, value in score.dimensions.items()
    }


def _flags(
    instrument: Instrument, score: Score, medians: Mapping[str, Mapping[str, float]]
) -> tuple[str, ...]:
    """Return the flags; that groups differ is told of groups that are shown."""
    return tuple(
        flag
        for flag in score.flags
        if ":" not in flag or _differ(instrument, medians[flag.partition(":")[2]])
    )


def _differ(instrument: Instrument, shown: Mapping[str, float]) -> bool:
    if len(shown) < 2:
        return False
    return max(shown.values()) - min(shown.values()) >= instrument.flags.groups_differ_by
