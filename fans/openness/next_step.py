"""What would move an indicator: the smallest change that takes it up a step. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from fans.openness.algorithms.raw_values import band, raw_value
from fans.openness.evidence import Evidence
from fans.openness.instrument import TOP_STEP, Counted, Formula, Indicator, Instrument, Raw
from fans.openness.result import Score

# Beyond this, "so many more" is no longer a step that anybody would set out to take.
MOST = 500
# The caller has halved these in a small home, whose window is twice as long.
HALVED_IN_SMALL_HOMES = ("visits_in", "trips_out")
DAYS_IN_A_WEEK = 7
WORDS = (
    "nought",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
)


@dataclass(frozen=True)
class NextStep:
    """What would move an indicator, in a sentence.

    Of a counted one also ``cut``, the raw value at which its next step begins, and
    ``more``, how many more it takes to get there.
    """

    text: str
    more: int | None = None
    cut: float | None = None


def next_steps(instrument: Instrument, evidence: Evidence, score: Score) -> dict[str, NextStep]:
    """Say for every indicator, by id, what would move it."""
    return {i.id: next_step(instrument, i, evidence, score) for i in instrument.indicators}


def next_step(
    instrument: Instrument, indicator: Indicator, evidence: Evidence, score: Score
) -> NextStep:
    """Say what would move it: so many more, the next answer, or what is missing."""
    counted, sign = indicator.counted, score.indicators[indicator.id]
    if indicator.id in score.not_applicable:
        rules = instrument.rules_out(evidence.home_kind, evidence.occupied_beds)
        return NextStep(f"Not asked of this home: {rules[indicator.id]}")
    if sign.value is None:
        return NextStep(indicator.not_known)
    if sign.value >= TOP_STEP:
        return NextStep(instrument.at_the_top)
    if counted and sign.computed is not None and sign.computed < TOP_STEP:
        return _counted(instrument, counted, evidence, sign.computed)
    anchor = indicator.anchors[int(sign.assessed or 0) + 1]
    return NextStep(instrument.answer_moves.format(anchor=anchor))


def _counted(
    instrument: Instrument, counted: Counted, evidence: Evidence, now: int
) -> NextStep:
    cut = counted.cuts[now]
    weeks = instrument.window.days_for(evidence.occupied_beds) // DAYS_IN_A_WEEK
    for more, changed in enumerate(_with_more(instrument, counted.raw, evidence), start=1):
        raw = raw_value(counted.raw, changed)
        if raw is not None and band(counted.cuts, raw) > now:
            sentence = counted.moves.one if more == 1 else counted.moves.more
            number = _in_words(more)
            text = sentence.format(
                more=number, More=number.capitalize(), weeks=_in_words(weeks)
            )
            return NextStep(text, more, cut)
    return NextStep(instrument.far_off.format(cut=f"{cut:g}", unit=counted.unit), None, cut)


def _with_more(instrument: Instrument, raw: Raw, evidence: Evidence) -> Iterator[Evidence]:
    """Give the evidence with one more of what is counted, with two more, and so on."""
    counts = [
        name for name in (raw.count, raw.recorded_for and raw.of, raw.recorded_for) if name
    ]
    is_small = instrument.window.is_small(evidence.occupied_beds)
    worth = 0.5 if is_small and raw.count in HALVED_IN_SMALL_HOMES else 1
    by_category = evidence.observed.active_partners_by_category or {}
    for more in range(1, (raw.kinds if raw.formula is Formula.EVENNESS else MOST) + 1):
        # New ties are of kinds that are not there yet.
        if raw.formula is Formula.EVENNESS or raw.count == "active_partners":
            new = {f"new kind {n}": 1 for n in range(more)}
            changes: dict[str, Any] = {"active_partners_by_category": {**by_category, **new}}
        else:
            changes = {
                name: (evidence.observed.count(name) or 0) + worth * more for name in counts
            }
        yield replace(evidence, observed=replace(evidence.observed, **changes))


def _in_words(number: int) -> str:
    return WORDS[number] if number < len(WORDS) else str(number)
