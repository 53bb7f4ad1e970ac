"""A cohort's homes over their waves, read in a fixed number of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.db.models import Q
from django.utils import timezone

from fans.cohorts.models import Cohort, Enrolment
from fans.openness import models
from fans.openness.board.cells import Cell, still_to_come
from fans.openness.board.figures import figures_outside
from fans.openness.board.log_weeks import LogWeeks, log_weeks
from fans.openness.board.next_step import Next, next_step
from fans.openness.board.small_chart import SmallChart, small_chart
from fans.openness.from_log import instrument_of
from fans.openness.instrument import Instrument
from fans.openness.models import ContextEvent, Score, Wave, WaveState
from fans.openness.replies.models import Reply
from fans.openness.replies.seeing import facilitator_sees_from, visible_waves
from fans.openness.waves.missing import missing_of
from fans.openness.waves.models import Asking
from fans.openness.waves.services.reminding import AGAIN_AFTER
from fans.people.models import Person

EVENTS_SINCE: Final = dt.timedelta(days=366)


@dataclass(frozen=True)
class BoardHome:
    """One home of the board, read against its own start."""

    enrolment: Enrolment
    cells: Sequence[Cell]
    log: LogWeeks
    events: Sequence[ContextEvent]
    sides: Mapping[str, str]  # names by id
    months: Sequence[int]  # of the whole board
    today: dt.date

    @property
    def name(self) -> str:
        """The home's name."""
        return self.enrolment.home.name

    @property
    def is_over(self) -> bool:
        """Whether its part in the cohort is over."""
        ends_on = self.enrolment.ends_on
        return ends_on is not None and ends_on < self.today

    @property
    def by_month(self) -> list[tuple[int, Cell | None]]:
        """The home's row of the table: a cell for each month of the board."""
        found = {cell.month: cell for cell in self.cells}
        return [(month, found.get(month)) for month in self.months]

    @property
    def open_cell(self) -> Cell | None:
        """The wave that is open today, if one is."""
        return next((cell for cell in self.cells if cell.is_open), None)

    @property
    def latest(self) -> Cell | None:
        """The latest wave whose figures may be seen."""
        return next((cell for cell in reversed(self.cells) if cell.figures), None)

    @property
    def private(self) -> Cell | None:
        """A closed wave whose figures are the home's alone as yet."""
        return next((c for c in reversed(self.cells) if c.is_closed and not c.figures), None)

    @property
    def seen(self) -> list[Cell]:
        """The waves whose figures may be seen, oldest first."""
        return [cell for cell in self.cells if cell.figures]

    @property
    def missing_count(self) -> int:
        """How much is still to come in the open wave."""
        return len(self.open_cell.waits_for) if self.open_cell else 0

    @cached_property
    def next(self) -> Next:
        """Who has the next step, and which."""
        return next_step(self.cells, self.log, is_over=self.is_over)

    @cached_property
    def chart(self) -> SmallChart | None:
        """The sides that may be shown, over the waves that may be seen."""
        return small_chart(
            [
                (name, {c.month: c.figures.sides.get(id) for c in self.seen if c.figures})
                for id, name in self.sides.items()
            ],
            unsure=[cell.month for cell in self.unsure],
        )

    @property
    def unsure(self) -> list[Cell]:
        """The waves seen that rest on memory, or on a part of a log."""
        return [cell for cell in self.seen if cell.badges]

    @property
    def keeps_back(self) -> bool:
        """Whether something is left out because few people answered."""
        return any(cell.figures and cell.figures.keeps_back for cell in self.seen)

    @property
    def table(self) -> list[tuple[str, list[str]]]:
        """The chart's numbers, and lived and felt, by wave."""
        rows: list[tuple[str, list[float | None]]] = [
            ("Lived, of 100", [c.figures.lived for c in self.seen if c.figures]),
            ("Felt, of 100", [c.figures.felt for c in self.seen if c.figures]),
        ]
        rows += [
            (name, [c.figures.sides.get(id) for c in self.seen if c.figures])
            for id, name in self.sides.items()
        ]
        return [(name, [_said(value) for value in values]) for name, values in rows]


def _said(value: float | None) -> str:
    return "not shown" if value is None else f"{value:.1f}"


@dataclass(frozen=True)
class Board:
    """A cohort's board."""

    cohort: Cohort
    homes: Sequence[BoardHome]
    months: Sequence[int]

    @property
    def to_bring_in(self) -> list[BoardHome]:
        """The homes with an open wave in which something is still to come."""
        return [home for home in self.homes if home.missing_count]

    @property
    def shapes(self) -> list[int]:
        """The months of which a figure is shown somewhere: what the key explains."""
        return sorted({cell.month for home in self.homes for cell in home.seen})

    @property
    def is_all_over(self) -> bool:
        """Whether there is nothing to come any more."""
        cells = [cell for home in self.homes for cell in home.cells]
        return bool(cells) and all(cell.is_closed for cell in cells)


def board_of(cohort: Cohort, *, reader: Person, by_missing: bool = False) -> Board:
    """Return a cohort's board as ``reader`` may see it, in order of name.

    Or of what is still to come, most first. There is no order by any score.
    """
    today = timezone.localdate()
    parts = {row.pk: row for row in cohort.enrolments.select_related("home")}
    waves = _waves_of(parts)
    ids = [part.home_id for part in parts.values()]
    months = sorted({wave.month for wave in waves})
    instruments = _instruments(waves)
    cells = _cells(waves, instruments, reader, today)
    logs, events, sides = log_weeks(ids, today), _events(ids, today), _sides(instruments)
    homes = [
        BoardHome(
            enrolment=part,
            cells=cells[part.pk],
            log=logs[part.home_id],
            events=events[part.home_id],
            sides=sides,
            months=months,
            today=today,
        )
        for part in parts.values()
    ]
    homes.sort(key=lambda home: (home.is_over, by_missing * -home.missing_count, home.name))
    return Board(cohort, homes, months)


def _waves_of(parts: Mapping[int, Enrolment]) -> list[Wave]:
    """Return the waves in order, each with its enrolment at hand. One query."""
    waves = list(Wave.objects.filter(enrolment__in=parts).order_by("enrolment", "month"))
    for wave in waves:
        wave.enrolment = parts[wave.enrolment_id]
    return waves


def _cells(
    waves: Sequence[Wave],
    instruments: Mapping[int, Instrument],
    reader: Person,
    today: dt.date,
) -> dict[int, list[Cell]]:
    closed = [w for w in waves if w.state_on(today) == WaveState.CLOSED]
    open_ones = [w for w in waves if w.state_on(today) == WaveState.OPEN]
    seen = {wave.pk for wave in visible_waves(reader, closed)}
    figures = {
        row.wave_id: figures_outside(row, instruments[row.instrument_id])
        for row in Score.objects.filter(wave__in=seen)
    }
    replied = set(
        Reply.objects.standing()
        .filter(wave__in=[wave.pk for wave in closed])
        .values_list("wave", flat=True)
    )
    missing = missing_of(open_ones)
    asked, now = _askings(open_ones), timezone.now()
    cells: dict[int, list[Cell]] = defaultdict(list)
    for wave in waves:
        asking = asked.get(wave.pk)
        state = wave.state_on(today)
        is_hidden = state == WaveState.CLOSED and wave.pk not in seen
        cells[wave.enrolment_id].append(
            Cell(
                wave=wave,
                state=state,
                figures=figures.get(wave.pk),
                has_replied=wave.pk in replied,
                seen_from=facilitator_sees_from(wave) if is_hidden else None,
                missing=[still_to_come(piece) for piece in missing.get(wave.pk, ())],
                asking=asking,
                may_ask=asking is None or asking.at <= now - AGAIN_AFTER,
            )
        )
    return cells


def _askings(waves: Sequence[Wave]) -> dict[int, Asking]:
    """Return the last time that each home was reminded of its wave. One query."""
    rows = Asking.objects.filter(wave__in=waves).select_related("by").order_by("at", "pk")
    return {row.wave_id: row for row in rows}


def _events(homes: Sequence[int], today: dt.date) -> dict[int, list[ContextEvent]]:
    """Return what went on in each home over the last year."""
    since = today - EVENTS_SINCE
    lately = Q(until_on__gte=since) | Q(until_on__isnull=True, from_on__gte=since)
    events: dict[int, list[ContextEvent]] = defaultdict(list)
    for event in ContextEvent.objects.filter(lately, home__in=homes, from_on__lte=today):
        events[event.home_id].append(event)
    return events


def _instruments(waves: Sequence[Wave]) -> dict[int, Instrument]:
    """Return the instruments of the waves, in the order they were published. One query."""
    used = models.Instrument.objects.filter(pk__in={wave.instrument_id for wave in waves})
    return {row.pk: instrument_of(row) for row in used.order_by("published_at")}


def _sides(instruments: Mapping[int, Instrument]) -> dict[str, str]:
    """Return the sides of all instruments by id, each with its latest name."""
    return {side.id: side.name for found in instruments.values() for side in found.dimensions}
