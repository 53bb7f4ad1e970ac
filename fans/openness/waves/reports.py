"""What the pages of a wave tell: who answered, what came late, what went on besides."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from django.db.models import Q
from django.utils import timezone

from fans.openness.few_answers import LEAST_RESPONDENTS
from fans.openness.from_log import instrument_of
from fans.openness.models import Answer, ContextEvent, Wave, WaveState
from fans.openness.waves.missing import Facts
from homes.models import Home

FEW: Final = f"fewer than {LEAST_RESPONDENTS}"


@dataclass(frozen=True)
class Respondents:
    """How many of one group answered, as it may be told."""

    name: str
    words: str


@dataclass(frozen=True)
class LateAnswer:
    """The middle of what a group answered to one question after the close."""

    sign: str
    group: str
    value: str


def respondents(wave: Wave, facts: Facts, *, inside: bool, late: bool) -> list[Respondents]:
    """Return the groups that answered, or answered late; small counts as they may be told.

    Outside the home a group of one or two is told like one of none, and where a single
    group is told so, its number could not be had from others: no total stands beside.
    """
    counts = facts.late if late else facts.answers
    told = []
    for group in instrument_of(wave.instrument).groups.values():
        count = counts.get((wave.pk, group.id), 0)
        if group.in_office:
            if count:
                told.append(Respondents(group.name, "answered"))
        elif inside and count:
            told.append(Respondents(group.name, str(count)))
        elif not inside and (count >= LEAST_RESPONDENTS or not late):
            words = str(count) if count >= LEAST_RESPONDENTS else FEW
            told.append(Respondents(group.name, words))
    return told


def late_answers(wave: Wave) -> list[LateAnswer]:
    """Return what groups of three and more answered after the close, for the home alone.

    They stand beside the score and never in it. An answer given in office is told as
    such. One query.
    """
    instrument = instrument_of(wave.instrument)
    given: dict[tuple[str, str], list[int]] = defaultdict(list)
    rows = Answer.objects.filter(assessment__wave=wave, assessment__is_late=True)
    for code, group, value in rows.order_by().values_list(
        "indicator__code", "assessment__group", "value"
    ):
        given[code, group].append(value)
    return [
        LateAnswer(indicator.name, group.name, f"{median(values):g}")
        for indicator in instrument.asked
        for group in instrument.groups.values()
        if (values := given.get((indicator.id, group.id)))
        and (group.in_office or len(values) >= LEAST_RESPONDENTS)
    ]


def events_in(wave: Wave) -> list[ContextEvent]:
    """Return what went on in the home in the four weeks before a wave, or while it was open."""
    first = wave.opens_on - dt.timedelta(days=28)
    rows = ContextEvent.objects.filter(home=wave.enrolment.home_id, from_on__lte=wave.closes_on)
    return list(
        rows.filter(Q(until_on__isnull=True, from_on__gte=first) | Q(until_on__gte=first))
    )


@dataclass(frozen=True)
class Line:
    """One line of a home's timeline: a month, or something that went on."""

    day: dt.date
    wave: Wave | None = None
    event: ContextEvent | None = None
    state: WaveState | None = None
    missing_count: int = 0


def timeline(
    home: Home, waves: Sequence[Wave], missing: dict[int, int], events: Iterable[ContextEvent]
) -> list[Line]:
    """Put months and what went on into one row of days, oldest first."""
    today = timezone.localdate()
    lines = [
        Line(
            wave.opens_on, wave=wave, state=wave.state_on(today), missing_count=missing[wave.pk]
        )
        for wave in waves
    ]
    lines += [Line(event.from_on, event=event) for event in events]
    return sorted(lines, key=lambda line: (line.day, line.event is not None))
