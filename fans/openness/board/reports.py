"""Which cohorts somebody runs, and who takes part in one: reads for the lists."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from fans.cohorts.models import COHORT_PLACES, Cohort, Enrolment
from fans.openness.models import Wave
from fans.people.models import Person
from fans.people.permissions import reach_of


@dataclass(frozen=True)
class CohortLine:
    """One cohort in the list of one's own."""

    cohort: Cohort
    homes_count: int
    open_count: int  # homes with a wave that is open today
    next_on: dt.date | None  # when the next wave opens
    may_view: bool

    @property
    def is_full(self) -> bool:
        """Whether no place is free."""
        return self.homes_count >= COHORT_PLACES


def cohorts_of(person: Person) -> list[CohortLine]:
    """Return the cohorts that somebody runs or administers, in order of name. Two queries."""
    runs, views = reach_of(person, "cohorts.run"), reach_of(person, "cohorts.view")
    rows = Cohort.objects.select_related("programme").order_by("name")
    if not runs.everywhere:
        rows = rows.filter(pk__in=runs.cohort_ids)
    found = list(rows.annotate(homes_count=Count("enrolments")))
    today = timezone.localdate()
    open_homes, next_days = _waves_of(found, today)
    return [
        CohortLine(
            cohort=cohort,
            homes_count=cohort.homes_count,
            open_count=len(open_homes.get(cohort.pk, ())),
            next_on=min(next_days.get(cohort.pk, ()), default=None),
            may_view=cohort.pk in views.cohort_ids,
        )
        for cohort in found
    ]


def _waves_of(
    cohorts: Sequence[Cohort], today: dt.date
) -> tuple[dict[int, set[int]], dict[int, set[dt.date]]]:
    """Return of each cohort the enrolments with an open wave, and the days to come."""
    open_homes: dict[int, set[int]] = {}
    next_days: dict[int, set[dt.date]] = {}
    waves = Wave.objects.filter(
        Q(enrolment__ends_on__isnull=True) | Q(enrolment__ends_on__gte=today),
        enrolment__cohort__in=cohorts,
        closes_on__gte=today,
    ).select_related("enrolment")
    for wave in waves:
        part = wave.enrolment
        if wave.is_open_on(today):
            open_homes.setdefault(part.cohort_id, set()).add(part.pk)
        elif wave.opens_on > today:
            next_days.setdefault(part.cohort_id, set()).add(wave.opens_on)
    return open_homes, next_days


@dataclass(frozen=True)
class Part:
    """One home's part in a cohort, in the list of who takes part."""

    enrolment: Enrolment
    is_over: bool
    next_wave: Wave | None  # open today, or the next to open


def parts_of(cohort: Cohort) -> list[Part]:
    """Return who takes part in a cohort: in order of name, ended parts last. Two queries."""
    today = timezone.localdate()
    rows = cohort.enrolments.select_related("home").prefetch_related("waves")
    parts = [
        Part(
            enrolment=row,
            is_over=row.ends_on is not None and row.ends_on < today,
            next_wave=next((w for w in row.waves.all() if w.closes_on >= today), None),
        )
        for row in rows
    ]
    return sorted(parts, key=lambda part: (part.is_over, part.enrolment.home.name))
