"""Sides, signs and groups of a score as a page shows them. Pure.

What too few people answered is kept back, with all from which it could be worked out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from fans.openness.counted_words import counted_words, cut_words
from fans.openness.evidence import Evidence
from fans.openness.few_answers import LEAST_RESPONDENTS, hidden_groups, middle_range
from fans.openness.instrument import Indicator, Instrument
from fans.openness.next_step import NextStep, next_steps
from fans.openness.result import Score, Sign

TOO_FEW = "too few answers to show"
TAKEN_AT_THE_START = ("reachable_assets", "home_assets_listed")


@dataclass(frozen=True)
class GroupShown:
    """One group's answers to one question; without a median there are too few to show.

    ``low`` and ``high`` are the ends of its range, each of which stands for as many
    people as it takes to show a group at all; ``before`` is its median the last time.
    """

    name: str
    answers: int
    median: str | None
    in_office: bool = False
    low: int | None = None
    high: int | None = None
    before: str | None = None


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
    is_counted: bool = False  # some of it comes from the log

    @property
    def is_kept(self) -> bool:
        """Whether too few people answered for it to be shown."""
        return self.words == TOO_FEW


@dataclass(frozen=True)
class Difference:
    """A question that two groups answer far apart."""

    sign: SignShown
    low: GroupShown
    high: GroupShown


def one_place(value: float | None) -> str:
    """Say a value with one decimal place, half up; "not enough yet" where not known."""
    if value is None:
        return "not enough yet"
    return str(Decimal(str(value)).quantize(Decimal("0.1"), ROUND_HALF_UP))


def sides_shown(
    instrument: Instrument,
    values: Mapping[str, float | None],
    signs: Mapping[str, SignShown],
    kept: frozenset[str],
) -> Iterator[SideShown]:
    """Give the sides; the value of one with a sign kept back would tell that sign's."""
    for side in instrument.dimensions:
        indicators = instrument.indicators_of(side.id)
        is_kept = any(i.id in kept for i in indicators)
        yield SideShown(
            id=side.id,
            name=side.name,
            value=values[side.id],
            words=TOO_FEW if is_kept else one_place(values[side.id]),
            signs=tuple(signs[i.id] for i in indicators),
            is_counted=any(i.counted for i in indicators),
        )


def groups_shown(
    instrument: Instrument,
    medians: Mapping[str, float],
    answers: Mapping[str, Sequence[int]],
    least: int = LEAST_RESPONDENTS,
) -> tuple[GroupShown, ...]:
    """Return the groups that answered, with the medians that may be shown."""
    hidden = hidden_groups(instrument, medians, answers, least)
    return tuple(
        _group(instrument, group, medians[group], answers[group], least)
        if group not in hidden
        else GroupShown(instrument.groups[group].name, len(answers[group]), None)
        for group in instrument.groups
        if group in medians
    )


def _group(
    instrument: Instrument, id: str, median: float, answers: Sequence[int], least: int
) -> GroupShown:
    group = instrument.groups[id]
    low, high = (None if group.in_office else middle_range(answers, least)) or (None, None)
    return GroupShown(
        name=group.name,
        answers=len(answers),
        median=f"{median:g}",
        in_office=group.in_office,
        low=low,
        high=high,
    )


def signs_shown(
    instrument: Instrument,
    evidence: Evidence,
    score: Score,
    kept: frozenset[str],
    *,
    today: Evidence | None,
    least: int,
) -> dict[str, SignShown]:
    """Return the signs by id; a kept one without its step and what would move it."""
    steps = next_steps(instrument, evidence, score)
    signs = {
        i.id: _sign(instrument, i, evidence, score.indicators[i.id], steps[i.id], today, least)
        for i in instrument.indicators
    }
    for id in kept:
        signs[id] = replace(signs[id], step=None, moves="", more=None)
    return signs


def _sign(
    instrument: Instrument,
    indicator: Indicator,
    evidence: Evidence,
    sign: Sign,
    step: NextStep,
    today: Evidence | None,
    least: int,
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
        groups=groups_shown(instrument, sign.medians, answers, least),
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


def difference(instrument: Instrument, sign: SignShown) -> Difference | None:
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


def with_last_time(signs: SideShown, before: Mapping[str, SignShown]) -> SideShown:
    """Put each group's median of an earlier wave beside the new one.

    Only where the question was the same: a changed one asks for something else.
    """
    return replace(
        signs,
        signs=tuple(_last_time(sign, before.get(sign.id)) for sign in signs.signs),
    )


def _last_time(sign: SignShown, before: SignShown | None) -> SignShown:
    if before is None or before.question != sign.question:
        return sign
    then = {group.name: group.median for group in before.groups}
    groups = tuple(replace(group, before=then.get(group.name)) for group in sign.groups)
    return replace(sign, groups=groups)
