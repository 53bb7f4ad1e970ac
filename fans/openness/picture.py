"""A score as people read it: words before numbers, sides, signs, groups. Pure.

Here also lies the rule of what a home's own view shows of groups: answers of residents,
relatives, volunteers and staff only from three respondents on, and never to be had by
subtraction. Answers given in office are one person's and are shown as such.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from fans.openness.counted_words import counted_words, cut_words
from fans.openness.evidence import Evidence
from fans.openness.instrument import Indicator, Instrument
from fans.openness.next_step import NextStep, next_steps
from fans.openness.result import Score, Sign

LEAST_RESPONDENTS = 3
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
    """One dimension as the page shows it."""

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

    @property
    def title(self) -> str:
        """The wave in words."""
        return "Today" if self.month is None else f"Month {self.month}"

    @property
    def level(self) -> str:
        """The level's name, or that not enough is known."""
        names = {level.id: level.name for level in self.instrument.levels}
        return names.get(self.score.level or "", "not enough yet")

    @property
    def level_number(self) -> int:
        """The level's place from 1; 0 where not enough is known."""
        ids = [level.id for level in self.instrument.levels]
        return ids.index(self.score.level) + 1 if self.score.level else 0

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
        lived, felt = self.score.lived, self.score.felt
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
    steps = next_steps(instrument, evidence, score)
    signs = {
        i.id: _sign(instrument, i, evidence, score.indicators[i.id], steps[i.id], today)
        for i in instrument.indicators
    }
    sides = tuple(
        SideShown(
            id=d.id,
            name=d.name,
            value=score.dimensions[d.id],
            words=one_place(score.dimensions[d.id]),
            signs=tuple(signs[i.id] for i in instrument.indicators_of(d.id)),
        )
        for d in instrument.dimensions
    )
    differ = [flag.partition(":")[2] for flag in score.flags if ":" in flag]
    differences = [found for id in differ if (found := _difference(instrument, signs[id]))]
    return Picture(month, as_of, instrument, evidence, score, sides, tuple(differences))


def one_place(value: float | None) -> str:
    """Say a value with one decimal place, half up; "not enough yet" where not known."""
    if value is None:
        return "not enough yet"
    return str(Decimal(str(value)).quantize(Decimal("0.1"), ROUND_HALF_UP))


def groups_shown(
    instrument: Instrument, medians: Mapping[str, float], answers: Mapping[str, Sequence[int]]
) -> tuple[GroupShown, ...]:
    """Return the groups that answered, with the medians that may be shown.

    The indicator's value is the mean of all medians: where a single group were hidden it
    could be worked out from the others. So the next smallest is hidden with it.
    """
    size = {group: len(answers[group]) for group in instrument.groups if group in medians}
    open_to_all = [group for group in size if not instrument.groups[group].in_office]
    hidden = {group for group in open_to_all if size[group] < LEAST_RESPONDENTS}
    if len(hidden) == 1:
        others = [group for group in open_to_all if group not in hidden]
        hidden |= set(sorted(others, key=size.__getitem__)[:1])
    return tuple(
        GroupShown(
            name=instrument.groups[group].name,
            answers=count,
            median=None if group in hidden else f"{medians[group]:g}",
        )
        for group, count in size.items()
    )


def _sign(
    instrument: Instrument,
    indicator: Indicator,
    evidence: Evidence,
    sign: Sign,
    step: NextStep,
    today: Evidence | None,
) -> SignShown:
    answers = evidence.assessed.get(indicator.id, {})
    groups = groups_shown(instrument, sign.medians, answers)
    shown = _step(sign, groups)
    return SignShown(
        id=indicator.id,
        name=indicator.name,
        question=indicator.question,
        counted=counted_words(instrument, indicator, evidence, sign.raw),
        step=shown,
        next_at=cut_words(indicator, step),
        moves=step.text if shown or sign.value is None else "",
        more=step.more,
        beside=_beside(instrument, indicator, evidence, today),
        groups=groups,
    )


def _step(sign: Sign, groups: tuple[GroupShown, ...]) -> str | None:
    """Say the step, unless it would give away the one group that is hidden."""
    hidden = [group for group in groups if group.median is None]
    if sign.value is None or len(hidden) == 1:
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
