"""A score as people read it: words before numbers, sides, signs, groups. Pure.

What too few people answered is kept back, with all from which it could be worked out.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from fans.openness.evidence import WEEKS_OF_A_FULL_LOG, Evidence
from fans.openness.few_answers import LEAST_RESPONDENTS
from fans.openness.instrument import Indicator, Instrument
from fans.openness.may_show import Figures, figures
from fans.openness.result import Score
from fans.openness.signs_shown import (
    TOO_FEW,
    Difference,
    GroupShown,
    SideShown,
    SignShown,
    difference,
    groups_shown,
    one_place,
    sides_shown,
    signs_shown,
    with_last_time,
)

__all__ = [
    "TOO_FEW",
    "Difference",
    "GroupShown",
    "Picture",
    "SideShown",
    "SignShown",
    "groups_shown",
    "one_place",
    "picture",
    "with_answers_before",
]

MOVES_SHOWN = 2
NOTABLE_GAP = 10
"""Points between lived and felt from which the gap is worth a sentence."""


@dataclass(frozen=True)
class Picture:
    """One wave's score as the page shows it; ``month`` is None for a home without waves.

    ``figures`` hold what may be shown. ``before`` is the month that the answers beside
    the new ones come from.
    """

    month: int | None
    as_of: dt.date
    instrument: Instrument
    evidence: Evidence
    figures: Figures
    has_level: bool
    sides: tuple[SideShown, ...]
    differences: tuple[Difference, ...]
    before: int | None = None
    is_open: bool = False

    @property
    def title(self) -> str:
        """The wave in words."""
        return "Today" if self.month is None else f"Month {self.month}"

    @property
    def level(self) -> str:
        """The level's name, or that not enough is known or too little may be shown."""
        if self.has_level and not self.level_id:
            return TOO_FEW
        names = {level.id: level.name for level in self.instrument.levels}
        return names.get(self.level_id or "", "not enough yet")

    @property
    def level_id(self) -> str | None:
        """The level's id, where it is known and may be shown."""
        return self.figures.level

    @property
    def level_number(self) -> int:
        """The level's place from 1; 0 where not enough is known, or it is not shown."""
        ids = [level.id for level in self.instrument.levels]
        return ids.index(self.level_id) + 1 if self.level_id else 0

    @property
    def keeps_back(self) -> bool:
        """Whether too few people answered for everything to be shown."""
        return self.figures.keeps_back

    @property
    def felt(self) -> float | None:
        """Felt, unless an answer that is kept back could be worked out from it."""
        return self.figures.felt

    @property
    def missing(self) -> list[Indicator]:
        """The indicators that are not known."""
        return [self.instrument.indicator(id) for id in self.figures.missing]

    @property
    def flags(self) -> list[str]:
        """The flags in words; where groups differ is told beside, by group."""
        words = self.instrument.flags.words
        return [words[flag] for flag in self.figures.flags if flag in words]

    @property
    def from_memory(self) -> bool:
        """Whether counts of this wave come from memory."""
        return self.evidence.provenance.recall

    @property
    def part_logged(self) -> bool:
        """Whether the log does not cover all weeks that are counted."""
        return self.evidence.provenance.weeks_logged < WEEKS_OF_A_FULL_LOG

    @property
    def is_whole_log(self) -> bool:
        """Whether all that was counted was logged as it happened."""
        return not self.from_memory and not self.part_logged

    @property
    def gap(self) -> str:
        """What the gap between lived and felt says."""
        lived, felt = self.figures.lived, self.felt
        if lived is None or felt is None:
            return ""
        if lived - felt >= NOTABLE_GAP:
            return "The log shows a livelier home than people feel."
        if felt - lived >= NOTABLE_GAP:
            return "People feel the home to be more open than the log shows."
        return "The log and people’s answers say about the same."

    @property
    def sides_by_id(self) -> dict[str, SideShown]:
        """All sides by id."""
        return {side.id: side for side in self.sides}

    @property
    def signs(self) -> dict[str, SignShown]:
        """All signs by id."""
        return {sign.id: sign for side in self.sides for sign in side.signs}

    @property
    def moves(self) -> list[tuple[str, str]]:
        """The nearest steps: name of the sign, and the sentence that says what moves it."""
        signs = [sign for sign in self.signs.values() if sign.moves]
        counted = sorted((s for s in signs if s.more), key=lambda s: s.more or 0)
        answered = sorted(
            (s for s in signs if s.step and s.groups and not s.more),
            key=lambda s: float(s.step or 0),
        )
        return [(s.name, s.moves) for s in counted[:MOVES_SHOWN] + answered[:1]]


def picture(
    instrument: Instrument,
    evidence: Evidence,
    score: Score,
    *,
    as_of: dt.date,
    month: int | None = None,
    today: Evidence | None = None,
    least: int = LEAST_RESPONDENTS,
    is_open: bool = False,
) -> Picture:
    """Put a score into words and rows, for somebody for whom groups need ``least`` people.

    ``today`` is what stands in reach and listed now.
    """
    shown = figures(instrument, evidence, score, as_of=as_of, least=least)
    signs = signs_shown(instrument, evidence, score, shown.kept, today=today, least=least)
    differ = [flag.partition(":")[2] for flag in shown.flags if ":" in flag]
    differences = [found for id in differ if (found := difference(instrument, signs[id]))]
    return Picture(
        month=month,
        as_of=as_of,
        instrument=instrument,
        evidence=evidence,
        figures=shown,
        has_level=score.level is not None,
        sides=tuple(sides_shown(instrument, shown.dimensions, signs, shown.kept)),
        differences=tuple(differences),
        is_open=is_open,
    )


def with_answers_before(pictures: Sequence[Picture]) -> tuple[Picture, ...]:
    """Put the answers of the wave before beside those of each."""
    found = list(pictures[:1])
    for earlier, later in pairwise(pictures):
        sides = tuple(with_last_time(side, earlier.signs) for side in later.sides)
        found.append(replace(later, sides=sides, before=earlier.month))
    return tuple(found)
