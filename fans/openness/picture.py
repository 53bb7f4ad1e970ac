"""A score as people read it: words before numbers, sides, signs, groups. Pure.

What too few people answered is kept back, with all from which it could be worked out.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from fans.openness.counted_words import counted_words, cut_words
from fans.openness.evidence import Evidence
from fans.openness.few_answers import hidden_groups, kept_back, level_to_show
from fans.openness.instrument import Indicator, Instrument
from fans.openness.next_step import NextStep, next_steps
from fans.openness.result import Score, Sign

TOO_FEW = "too few answers to show"
MOVES_SHOWN = 2
TAKEN_AT_THE_START = ("reachable_assets", "home_assets_listed")
NOTABLE_GAP = 10
"""Points between lived and felt from which the gap is worth a sentence."""


@dataclass(frozen=True)
class GroupShown:
    """One group's answers to one question; without a median there are too few to show."""

    name: str
    answers: int
    median: str | None


@dataclass(frozen=True)
class SignShown:
    """One indicator as the page shows it."""

    id: str
    name: str
    question: str
    counted: str
    step: str | None
    next_at: str
    moves: str
    more: int | None
    beside: str
    groups: tuple[GroupShown, ...]


@dataclass(frozen=True)
class SideShown:
    """One dimension as the page shows it; without a value it is not known or not shown."""

    id: str
    name: str
    value: float | None
    words: str
    signs: tuple[SignShown, ...]


@dataclass(frozen=True)
class Difference:
    """A question that two groups answer far apart."""

    sign: SignShown
    low: GroupShown
    high: GroupShown


@dataclass(frozen=True)
class Picture:
    """One wave's score as the page shows it; ``month`` is None for a home without waves."""

    month: int | None
    as_of: dt.date
    instrument: Instrument
    evidence: Evidence
    score: Score
    sides: tuple[SideShown, ...]
    differences: tuple[Difference, ...]
    keeps_back: bool
    level_id: str | None

    @property
    def title(self) -> str:
        """The wave in words."""
        return "Today" if self.month is None else f"Month {self.month}"

    @property
    def level(self) -> str:
        """The level's name, or that not enough is known or too little may be shown."""
        if self.score.level and not self.level_id:
            return TOO_FEW
        names = {level.id: level.name for level in self.instrument.levels}
        return names.get(self.level_id or "", "not enough yet")

    @property
    def level_number(self) -> int:
        """The level's place from 1; 0 where not enough is known, or it is not shown."""
        ids = [level.id for level in self.instrument.levels]
        return ids.index(self.level_id) + 1 if self.level_id else 0

    @property
    def felt(self) -> float | None:
        """Felt, unless an answer that is kept back could be worked out from it."""
        return None if self.keeps_back else self.score.felt

    @property
    def missing(self) -> list[Indicator]:
        """The indicators that are not known."""
        return [self.instrument.indicator(id) for id in self.score.missing]

    @property
    def flags(self) -> list[str]:
        """The flags in words; where groups differ is told beside, by group."""
        words = self.instrument.flags.words
        return [words[flag] for flag in self.score.flags if flag in words]

    @property
    def from_memory(self) -> bool:
        """Whether counts of this wave come from memory."""
        return "from_memory" in self.score.flags

    @property
    def gap(self) -> str:
        """What the gap between lived and felt says."""
        lived, felt = self.score.lived, self.felt
        if lived is None or felt is None:
            return ""
        if lived - felt >= NOTABLE_GAP:
            return "The log shows a livelier home than people feel."
        if felt - lived >= NOTABLE_GAP:
            return "People feel the home to be more open than the log shows."
        return "The log and people’s answers say about the same."

    @property
    def moves(self) -> list[tuple[str, str]]:
        """The nearest steps: name of the sign, and the sentence that says what moves it."""
        signs = [sign for side in self.sides for sign in side.signs if sign.moves]
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
) -> Picture:
    """Put a score into words and rows. ``today`` is what stands in reach and listed now."""
    kept = kept_back(instrument, evidence, score)
    signs = _signs(instrument, evidence, score, kept, today)
    differ = [flag.partition(":")[2] for flag in score.flags if ":" in flag]
    differences = [found for id in differ if (found := _difference(instrument, signs[id]))]
    return Picture(
        month=month,
        as_of=as_of,
        instrument=instrument,
        evidence=evidence,
        score=score,
        sides=tuple(_sides(instrument, score, signs, kept)),
        differences=tuple(differences),
        keeps_back=bool(kept),
        level_id=level_to_show(instrument, evidence, score, kept),
    )


def one_place(value: float | None) -> str:
    """Say a value with one decimal place, half up; "not enough yet" where not known."""
    if value is None:
        return "not enough yet"
    return str(Decimal(str(value)).quantize(Decimal("0.1"), ROUND_HALF_UP))


def _sides(
    instrument: Instrument,
    score: Score,
    signs: Mapping[str, SignShown],
    kept: Collection[str],
) -> Iterator[SideShown]:
    """Give the sides; the value of one with a sign kept back would tell that sign's."""
    for side in instrument.dimensions:
        ids = [indicator.id for indicator in instrument.indicators_of(side.id)]
        is_kept = any(id in kept for id in ids)
        value = None if is_kept else score.dimensions[side.id]
        yield SideShown(
            id=side.id,
            name=side.name,
            value=value,
            words=TOO_FEW if is_kept else one_place(value),
            signs=tuple(signs[id] for id in ids),
        )


def groups_shown(
    instrument: Instrument, medians: Mapping[str, float], answers: Mapping[str, Sequence[int]]
) -> tuple[GroupShown, ...]:
    """Return the groups that answered, with the medians that may be shown."""
    hidden = hidden_groups(instrument, medians, answers)
    return tuple(
        GroupShown(
            name=instrument.groups[group].name,
            answers=len(answers[group]),
            median=None if group in hidden else f"{medians[group]:g}",
        )
        for group in instrument.groups
        if group in medians
    )


def _signs(
    instrument: Instrument,
    evidence: Evidence,
    score: Score,
    kept: Collection[str],
    today: Evidence | None,
) -> dict[str, SignShown]:
    steps = next_steps(instrument, evidence, score)
    signs = {
        i.id: _sign(instrument, i, evidence, score.indicators[i.id], steps[i.id], today)
        for i in instrument.indicators
    }
    for id in kept:
        signs[id] = replace(signs[id], step=None, moves="")
    return signs


def _sign(
    instrument: Instrument,
    indicator: Indicator,
    evidence: Evidence,
    sign: Sign,
    step: NextStep,
    today: Evidence | None,
) -> SignShown:
    answers = evidence.assessed.get(indicator.id, {})
    return SignShown(
        id=indicator.id,
        name=indicator.name,
        question=indicator.question,
        counted=counted_words(instrument, indicator, evidence, sign.raw),
        step=_step(sign),
        next_at=cut_words(indicator, step),
        moves=step.text,
        more=step.more,
        beside=_beside(instrument, indicator, evidence, today),
        groups=groups_shown(instrument, sign.medians, answers),
    )


def _step(sign: Sign) -> str | None:
    if sign.value is None:
        return None
    return one_place(sign.value) if sign.value % 1 else f"{sign.value:g}"


def _beside(
    instrument: Instrument, indicator: Indicator, evidence: Evidence, today: Evidence | None
) -> str:
    """Give the present counts beside those that were taken as they stood at the start."""
    raw = indicator.counted.raw if indicator.counted else None
    names = (raw.count, raw.of) if raw else ()
    if today is None or not names or names[1] not in TAKEN_AT_THE_START:
        return indicator.beside
    counts = [evidence.observed.count(name) for name in names if name]
    now = [today.observed.count(name) for name in names if name]
    return f"As it stands today: {now[0]:g} of {now[1]:g}." if now != counts else ""


def _difference(instrument: Instrument, sign: SignShown) -> Difference | None:
    """Name the two groups that lie furthest apart, if both may be shown."""
    shown = sorted(
        (group for group in sign.groups if group.median is not None),
        key=lambda group: float(group.median or 0),
    )
    if len(shown) < 2:
        return None
    low, high = shown[0], shown[-1]
    apart = float(high.median or 0) - float(low.median or 0)
    return Difference(sign, low, high) if apart >= instrument.flags.groups_differ_by else None
