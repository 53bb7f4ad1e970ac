"""The life of the demo’s waves: what was remembered, closed, went on and came late."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from django.db.models import Sum
from django.utils import timezone

from config.demo.calendar import Calendar
from config.demo.visits import WINDOW_DAYS
from fans.connections.models import Connection, LogSource
from fans.openness.models import (
    Answer,
    Assessment,
    ContextEvent,
    ContextKind,
    RespondentGroup,
    Wave,
    Way,
)
from fans.people.models import Person
from homes.models import Home

EVENING: Final = dt.time(17, 40)
BY_NIGHT: Final = dt.time(3, 40)

REMEMBERED: Final = {
    # Began its log in week 3: memory tells of the weeks before as well.
    ("sycamores", 0): (2, 1),
    ("sycamores", 3): (6, 7),
    ("sycamores", 6): (6, 7),
    ("larkfield", 3): (6, 7),
}
"""How much of a logged wave was remembered: so many times for so many."""

WENT_ON: Final = (
    # home, kind, days after the start, for how many days, words
    ("weavers", ContextKind.OUTBREAK, 105, 20, "Nobody came in; calls went on."),
    ("larkfield", ContextKind.REFURBISHMENT, 70, 12, "The lounge was painted."),
    ("sycamores", ContextKind.NEW_MANAGER, 24, None, ""),
)

LATE: Final = {"A3": 3, "G3": 2, "H1": 3}
"""A relative's sheet that came by post, a week after month 3 had closed."""


def remember(waves: Iterable[Wave], homes: Mapping[str, Home], by: Person) -> None:
    """Put down from memory what stands beside the log and is never scored.

    Only of ties that the log has in the same days: there a look-back counts for nothing.
    """
    rows = []
    for wave, (times, of) in _of(waves, homes, REMEMBERED):
        last = min(wave.closes_on, timezone.localdate())
        first = last - dt.timedelta(days=WINDOW_DAYS - 1)
        for tie, direction, kind, count in _logged(wave.enrolment.home, first, last):
            rows.append(
                Connection(
                    partnership_id=tie,
                    home=wave.enrolment.home,
                    happened_on=first,
                    until_on=last,
                    occurrences=max(1, count * times // of),
                    direction=direction,
                    type=kind,
                    source=LogSource.RECALL,
                    logged_by=by,
                )
            )
    made = Connection.objects.bulk_create(rows)
    for row in made:
        put_down = _at(row.counted_day - dt.timedelta(days=1), EVENING)
        Connection.objects.filter(pk=row.pk).update(logged_at=put_down)


def _logged(home: Home, first: dt.date, last: dt.date) -> Iterable[tuple[int, str, str, int]]:
    rows: Any = (
        Connection.objects.standing()
        .community()
        .filter(home=home, source=LogSource.LOG, direction__in=("in", "out"))
    )
    days = rows.with_day().filter(counted_on__gte=first, counted_on__lte=last)
    grouped = days.order_by("partnership", "direction", "type").values_list(
        "partnership", "direction", "type"
    )
    found: Iterable[tuple[int, str, str, int]] = grouped.annotate(Sum("occurrences"))
    return found


def live(
    waves: Iterable[Wave],
    homes: Mapping[str, Home],
    dates: Calendar,
    people: Mapping[str, Person],
) -> None:
    """Close the waves that are over, note what went on, and let one answer come late."""
    over = [wave for wave in waves if wave.closes_on < dates.today]
    for wave in over:
        wave.closed_at = _at(wave.closes_on + dt.timedelta(days=1), BY_NIGHT)
    for wave, _ in _of(over, homes, {("larkfield", 3): None}):
        wave.closed_at, wave.closed_by = _at(wave.closes_on, EVENING), people["facilitator"]
        _come_late(wave, people["coordinator"])
    Wave.objects.bulk_update(over, ["closed_at", "closed_by"])
    for key, kind, after, lasted, words in WENT_ON:
        from_on = dates.start + dt.timedelta(days=after)
        until_on = None if lasted is None else from_on + dt.timedelta(days=lasted)
        event = ContextEvent.objects.create(
            home=homes[key],
            kind=kind,
            from_on=from_on,
            until_on=until_on,
            words=words,
            noted_by=people["manager"],
        )
        ContextEvent.objects.filter(pk=event.pk).update(noted_at=_at(from_on, EVENING))


def _come_late(wave: Wave, by: Person) -> None:
    came = wave.closes_on + dt.timedelta(days=7)
    sheet = Assessment.objects.create(
        wave=wave,
        group=RespondentGroup.RELATIVES,
        entered_by=by,
        is_late=True,
        way=Way.PAPER,
        talked_on=wave.closes_on,
    )
    Assessment.objects.filter(pk=sheet.pk).update(submitted_at=_at(came, EVENING))
    for indicator in wave.instrument.indicators.filter(code__in=LATE):
        Answer.objects.create(assessment=sheet, indicator=indicator, value=LATE[indicator.code])


def _of(
    waves: Iterable[Wave], homes: Mapping[str, Home], asked: Mapping[tuple[str, int], Any]
) -> Iterator[tuple[Wave, Any]]:
    keys = {home.pk: key for key, home in homes.items()}
    for wave in waves:
        key = keys[wave.enrolment.home_id], wave.month
        if key in asked:
            yield wave, asked[key]


def _at(day: dt.date, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, time, timezone.get_current_timezone())
