"""Operations that form circles and make their figures: each once."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef, Q

from fans.cohorts.models import Enrolment
from fans.openness.aggregates.circle import choose, figures_of
from fans.openness.aggregates.gather import homes_waves, owners_of
from fans.openness.aggregates.models import Circle, CircleHome, Figures
from fans.openness.from_log import instrument_of
from fans.openness.models import PROGRAMME_MONTHS, Wave

REPLY_DAYS: Final = 14
"""A home has its wave to itself for this long, to look at it and to answer."""


@dataclass(frozen=True)
class Released:
    """What one run made."""

    circles: int
    figures: int


@transaction.atomic
def release(*, day: dt.date) -> Released:
    """Form the circles and make the figures of the month that ``day`` lies in.

    Only what closed two weeks before the month's first day is looked at, so every day of
    a month gives the same, and a second run makes nothing.
    """
    with connection.cursor() as cursor:  # of two runs at once the second finds all done
        cursor.execute(f'LOCK TABLE "{Circle._meta.db_table}" IN SHARE ROW EXCLUSIVE MODE')
    first = day.replace(day=1)
    return Released(circles=_form(first), figures=_make(first))


def _form(first: dt.date) -> int:
    """Put homes that closed month 0 and are in no circle yet into one, by authority."""
    waiting: dict[str, list[Enrolment]] = defaultdict(list)
    for enrolment in _waiting(first):
        waiting[enrolment.home.local_authority].append(enrolment)
    owners = owners_of(e.home_id for group in waiting.values() for e in group)
    formed = 0
    for authority, enrolments in sorted(waiting.items()):
        chosen = choose([owners.get(e.home_id, "") for e in enrolments])
        if chosen:
            _store(authority, [enrolments[number] for number in chosen], first)
            formed += 1
    return formed


def _waiting(first: dt.date) -> list[Enrolment]:
    """Return enrolments by the day they closed month 0; of each home the first alone."""
    closed = Wave.objects.filter(enrolment=OuterRef("pk"), month=0, score__isnull=False)
    closed = closed.filter(closed_at__isnull=False, closes_on__lte=_seen_until(first))
    told = CircleHome.objects.filter(enrolment__home=OuterRef("home"))
    enrolments = (
        Enrolment.objects.filter(Exists(closed), ~Exists(told))
        .annotate(closed_on=Max("waves__closes_on", filter=Q(waves__month=0)))
        .select_related("home")
        .order_by("closed_on", "pk")
    )
    by_home: dict[int, Enrolment] = {}
    for enrolment in enrolments:
        by_home.setdefault(enrolment.home_id, enrolment)
    return list(by_home.values())


def _store(authority: str, enrolments: list[Enrolment], first: dt.date) -> None:
    number = Circle.objects.filter(local_authority=authority).count() + 1
    circle = Circle(local_authority=authority, number=number, formed_on=first)
    circle.full_clean()
    circle.save()
    CircleHome.objects.bulk_create(
        CircleHome(circle=circle, enrolment=enrolment) for enrolment in enrolments
    )


def _make(first: dt.date) -> int:
    """Make the figures of every circle and month of which all homes' waves are closed."""
    made = 0
    for circle in Circle.objects.order_by("pk"):
        told = set(circle.figures.values_list("month", flat=True))
        for month in PROGRAMME_MONTHS:
            if month not in told and (waves := _closed_by_all(circle, month, first)):
                _tell(circle, month, waves, first)
                made += 1
    return made


def _closed_by_all(circle: Circle, month: int, first: dt.date) -> list[Wave]:
    """Return the circle's waves of a month once the last is closed; until then none.

    A home that left before has no such wave, and nobody waits for it.
    """
    waves = list(
        Wave.objects.filter(enrolment__circles__circle=circle, month=month).select_related(
            "instrument"
        )
    )
    until = _seen_until(first)
    is_over = all(w.closed_at is not None and w.closes_on <= until for w in waves)
    return waves if is_over else []


def _tell(circle: Circle, month: int, waves: list[Wave], first: dt.date) -> None:
    newest = instrument_of(max(waves, key=lambda wave: wave.instrument_id).instrument)
    body = figures_of(
        homes_waves(waves),
        [side.id for side in newest.dimensions],
        [level.id for level in newest.levels],
    )
    figures = Figures(circle=circle, month=month, released_on=first, body=body)
    figures.full_clean()
    figures.save()


def _seen_until(first: dt.date) -> dt.date:
    return first - dt.timedelta(days=REPLY_DAYS)
