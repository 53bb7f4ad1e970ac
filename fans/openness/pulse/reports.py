"""A home's lived openness month by month, read for a page."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.db.models.functions import Coalesce
from django.utils import timezone

from fans.cohorts.models import Enrolment
from fans.connections.models import Connection, LogSource
from fans.openness.evidence import WEEKS_OF_A_FULL_LOG, parse_evidence
from fans.openness.from_log import WITHOUT_WAVE, evidence_of, instrument_of
from fans.openness.instrument import Instrument, Window
from fans.openness.instrument_file import published
from fans.openness.ledger import Asked
from fans.openness.log_facts import LogFacts, log_facts
from fans.openness.models import Wave
from fans.openness.pulse.bars import Bars, bars_of
from fans.openness.pulse.drawing import NARROW, WIDE, Drawing, Frame, Stretch, WaveFigure, draw
from fans.openness.pulse.going_on import GoingOn, going_on
from fans.openness.pulse.months import Change, Covered, Month, change_over, covered, month_ends
from fans.openness.score import score
from fans.openness.strict_json import Node
from homes.models import Home

COUNTS: Final = {
    "visits_in": "Visits by neighbours",
    "trips_out": "Trips out",
    "active_partners": "Partners who took part",
    "residents_out": "People who got out",
}
"""What the small charts count. The last is a count of people: for the home's team alone."""

OF_PEOPLE: Final = ("residents_out",)


@dataclass(frozen=True)
class Trend:
    """The months of a home, oldest first, with what else there is to say about them."""

    home: Home
    months: tuple[Month, ...]
    waves: tuple[WaveFigure, ...]
    going_on: tuple[GoingOn, ...]
    first_log_on: dt.date | None
    counts: dict[str, str]

    @property
    def change(self) -> Change | None:
        """The first and the last wholly logged month, beside each other."""
        return change_over(self.months)

    @property
    def begins_late(self) -> bool:
        """Whether the log begins after the first month's four weeks had begun."""
        return bool(self.months) and self.months[0].covered is not Covered.WHOLE

    @property
    def has_gaps(self) -> bool:
        """Whether some month has nothing written down."""
        return any(month.covered is Covered.GAP for month in self.months)

    @cached_property
    def wide(self) -> Drawing:
        """The chart for wide screens."""
        return self._draw(WIDE)

    @cached_property
    def narrow(self) -> Drawing:
        """The chart for phones."""
        return self._draw(NARROW)

    @cached_property
    def bars(self) -> list[Bars]:
        """A small chart of each count that is known for some month."""
        drawn = [bars_of(name, count, self.months) for count, name in self.counts.items()]
        return [bars for bars in drawn if bars]

    @property
    def rows(self) -> list[tuple[Month, list[tuple[str, float | None]]]]:
        """The table: each month with its counts by their headings."""
        return [
            (month, [(name, month.counts.get(count)) for count, name in self.counts.items()])
            for month in self.months
        ]

    def _draw(self, frame: Frame) -> Drawing:
        stretches = [Stretch(g.number, g.from_on, g.until_on) for g in self.going_on]
        return draw(self.months, self.waves, stretches, frame)


def trend_of(home: Home, *, waves: Sequence[Wave], for_team: bool) -> Trend:
    """Return a home's months, from its start (or its first log row) to today.

    ``waves`` are those of its latest enrolment whose stored figures the reader may see,
    each with its enrolment, instrument and score. The home's own team sees every month
    and its counts of people; others the months up to the last of these waves. Four
    queries at most, whatever the number of months.
    """
    today = timezone.localdate()
    days = _logged_days(home)
    first_log_on = min(days, default=None)
    enrolment = waves[-1].enrolment if waves else latest_enrolment(home)
    start = enrolment.starts_on if enrolment else first_log_on
    until = today if for_team else max((w.score.as_of for w in waves), default=None)
    ends = month_ends(start, until) if start and until else []
    instrument = instrument_of(waves[-1].instrument) if waves else published()[WITHOUT_WAVE]
    starts_on = enrolment.starts_on if enrolment else None
    asked = [Asked(home.pk, end, starts_on) for end in ends]
    return Trend(
        home=home,
        months=_Reading(home, instrument, days, today).months(asked),
        waves=tuple(_figure(wave) for wave in waves if wave.score.lived is not None),
        going_on=going_on(home, ends[0].replace(day=1), ends[-1]) if ends else (),
        first_log_on=first_log_on,
        counts={c: n for c, n in COUNTS.items() if for_team or c not in OF_PEOPLE},
    )


def latest_enrolment(home: Home) -> Enrolment | None:
    """Return the home's latest enrolment, if it has one."""
    return Enrolment.objects.filter(home=home).order_by("-starts_on", "-pk").first()


@dataclass(frozen=True)
class _Reading:
    """What the months of one home are read with."""

    home: Home
    instrument: Instrument
    logged_days: Collection[dt.date]
    today: dt.date

    def months(self, asked: Sequence[Asked]) -> tuple[Month, ...]:
        found = log_facts(asked, self.instrument.window) if asked else []
        return tuple(self.month(facts) for facts in found)

    def month(self, facts: LogFacts) -> Month:
        how = covered(
            as_of=facts.as_of,
            today=self.today,
            weeks_logged=facts.weeks_logged,
            is_written=_is_written(facts, self.logged_days, self.instrument.window),
        )
        if how is Covered.GAP:  # the month's own count may be there all the same
            people = {name: getattr(facts, name) for name in OF_PEOPLE}
            return Month(facts.as_of, how, None, people)
        evidence = evidence_of(facts, self.instrument, {}, home_kind=self.home.kind)
        counts = {name: evidence.observed.count(name) for name in COUNTS}
        return Month(facts.as_of, how, score(self.instrument, evidence).lived, counts)


def _is_written(facts: LogFacts, days: Collection[dt.date], window: Window) -> bool:
    """Say whether the window of a month holds a logged row of any kind."""
    window_from = facts.as_of - dt.timedelta(days=window.days_for(facts.beds) - 1)
    return any(window_from <= day <= facts.as_of for day in days)


def _logged_days(home: Home) -> set[dt.date]:
    """Return the days on which logged rows of a home count. One query."""
    rows = Connection.objects.standing().filter(home=home).exclude(source=LogSource.RECALL)
    days = rows.annotate(on=Coalesce("until_on", "happened_on")).values_list("on", flat=True)
    return set(days.distinct())


def _figure(wave: Wave) -> WaveFigure:
    instrument = instrument_of(wave.instrument)
    stored = Node(wave.score.evidence)
    made_from = parse_evidence(stored, {instrument.version: instrument}).provenance
    return WaveFigure(
        wave.month,
        wave.score.as_of,
        float(wave.score.lived or 0),
        made_from.recall or made_from.weeks_logged < WEEKS_OF_A_FULL_LOG,
    )
