"""What another version would have said of stored evidence: a question, never a score. Pure."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from fans.openness.evidence import Evidence, Observed
from fans.openness.few_answers import LEAST_RESPONDENTS, hidden_groups
from fans.openness.instrument import Group, Indicator, Instrument
from fans.openness.may_show import Figures, figures
from fans.openness.score import score

NOT_ASKED = "Not asked then."
REWORDED = "Asked in other words then."
FEWER_GROUPS = "Groups that it does not ask are left out."
OTHER_DAYS = "Counted over other days then."
COUNTED_ANEW = "New, and counted from the same log."


@dataclass(frozen=True)
class Answered:
    """What the other version says, as it may be shown, and what to know beside each sign."""

    instrument: Instrument
    evidence: Evidence
    figures: Figures
    notes: Mapping[str, str]


def ask_another(
    evidence: Evidence,
    then: Instrument,
    other: Instrument,
    *,
    as_of: dt.date,
    least: int,
    home_kind: str | None = None,
) -> Answered:
    """Ask what ``other`` says of evidence that was scored with ``then``.

    ``least`` is how many people a group needs before its answers are shown to who asks.
    ``home_kind`` is used where the evidence does not say. Nothing can be had from this by
    subtraction that the score itself keeps back: where another version sees other
    answers to a sign of which some are hidden, that sign is kept back as well.
    """
    asked = replace(other, groups=_as_guarded(then.groups, other.groups))
    given = _as_seen_by(evidence, then, asked, home_kind)
    found = score(asked, given)
    shown = figures(asked, given, found, as_of=as_of, least=least)
    telling = _telling(evidence, given, then, asked, least)
    return Answered(
        instrument=other,
        evidence=given,
        figures=_without(shown, asked, telling) if telling else shown,
        notes={i.id: _note(i, evidence, then, asked) for i in asked.indicators},
    )


def _as_guarded(then: Mapping[str, Group], other: Mapping[str, Group]) -> Mapping[str, Group]:
    """Keep a group guarded that was: no later version shows what it said alone."""
    return MappingProxyType(
        {
            id: replace(group, in_office=group.in_office and id in then and then[id].in_office)
            for id, group in other.items()
        }
    )


def _as_seen_by(
    evidence: Evidence, then: Instrument, other: Instrument, home_kind: str | None
) -> Evidence:
    """Return what of the evidence the other version would have looked at."""
    asked = {i.id: i.asked for i in other.asked}
    return replace(
        evidence,
        instrument=other.version,
        home_kind=evidence.home_kind or home_kind,
        observed=evidence.observed
        if _counts_the_same_days(evidence, then, other)
        else Observed(
            residents_out=evidence.observed.residents_out,
            residents_reached=evidence.observed.residents_reached,
        ),
        assessed={
            id: {group: said for group, said in groups.items() if group in asked[id]}
            for id, groups in evidence.assessed.items()
            if id in asked
        },
    )


def _counts_the_same_days(evidence: Evidence, then: Instrument, other: Instrument) -> bool:
    beds = evidence.occupied_beds
    return (then.window.days_for(beds), then.window.is_small(beds)) == (
        other.window.days_for(beds),
        other.window.is_small(beds),
    )


def _telling(
    evidence: Evidence, given: Evidence, then: Instrument, other: Instrument, least: int
) -> set[str]:
    """Return the signs that would tell a hidden answer beside the score itself."""
    return {
        id
        for id, groups in given.assessed.items()
        if groups != evidence.assessed[id]
        and any(
            hidden_groups(
                then,
                {group: 0 for group, said in evidence.assessed[id].items() if said},
                evidence.assessed[id],
                threshold,
            )
            for threshold in (LEAST_RESPONDENTS, least)
        )
    }


def _without(shown: Figures, instrument: Instrument, telling: Collection[str]) -> Figures:
    """Keep these signs back as well, and all from which they could be worked out."""
    sides = {i.dimension for i in instrument.indicators if i.id in telling}
    return replace(
        shown,
        overall=None,
        level=None,
        felt=None,
        dimensions={
            id: None if id in sides else value for id, value in shown.dimensions.items()
        },
        indicators={
            id: None if id in telling else value for id, value in shown.indicators.items()
        },
        medians={id: each for id, each in shown.medians.items() if id not in telling},
        flags=tuple(f for f in shown.flags if f.partition(":")[2] not in telling),
        kept=shown.kept | frozenset(telling),
    )


def _note(indicator: Indicator, evidence: Evidence, then: Instrument, other: Instrument) -> str:
    before = {i.id: i for i in then.indicators}.get(indicator.id)
    if before is None:
        return NOT_ASKED if indicator.is_asked and not indicator.counted else COUNTED_ANEW
    if indicator.is_asked and not before.is_asked:
        return NOT_ASKED
    if indicator.counted and not _counts_the_same_days(evidence, then, other):
        return OTHER_DAYS
    if indicator.is_asked:
        if (indicator.question, indicator.anchors) != (before.question, before.anchors):
            return REWORDED
        if set(evidence.assessed.get(indicator.id, {})) - set(indicator.asked):
            return FEWER_GROUPS
    return ""
