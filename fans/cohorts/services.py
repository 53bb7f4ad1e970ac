"""Writes on cohorts: homes join, and say whether research may use their data."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from fans.cohorts.errors import AgreementDateError, AlreadyEnrolledError, CohortFullError
from fans.cohorts.models import COHORT_PLACES, Cohort, Enrolment
from homes.models import Home

if TYPE_CHECKING:  # whoever acts is ``settings.AUTH_USER_MODEL``
    from fans.people.models import Person


@transaction.atomic
def enrol(
    *,
    home: Home,
    cohort: Cohort,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    by: "Person | None",
) -> Enrolment:
    """Give ``home`` the lowest free place of ``cohort`` from ``starts_on``.

    Two at once wait for each other, so the last place goes to one of them.

    Raises:
        CohortFullError: all 18 places are taken.
        AlreadyEnrolledError: the home is in this cohort already.
        ValidationError: the days are out of order.
    """
    # "no key": rows that only point at the cohort need not wait.
    Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
    if cohort.enrolments.filter(home=home).exists():
        raise AlreadyEnrolledError(f"{home} already takes part in {cohort}.")
    place = _free_place(cohort)
    enrolment = Enrolment(
        home=home, cohort=cohort, place=place, starts_on=starts_on, ends_on=ends_on
    )
    enrolment.enrolled_by = by
    enrolment.full_clean()
    enrolment.save()
    return enrolment


def _free_place(cohort: Cohort) -> int:
    taken = set(cohort.enrolments.values_list("place", flat=True))
    free = (place for place in range(1, COHORT_PLACES + 1) if place not in taken)
    try:
        return next(free)
    except StopIteration:
        raise CohortFullError(
            f"{cohort} is full: a cohort has at most {COHORT_PLACES} homes."
        ) from None


@transaction.atomic
def agree_to_research(
    *, enrolment: Enrolment, agreed_on: dt.date, by: "Person | None"
) -> Enrolment:
    """Note the day on which the home agreed that research may use its data.

    Raises:
        AgreementDateError: ``agreed_on`` is still to come.
    """
    if agreed_on > timezone.localdate():
        raise AgreementDateError("An agreement is noted once it is given, not before.")
    return _note_research(enrolment, agreed_on, by)


@transaction.atomic
def take_back_research_agreement(*, enrolment: Enrolment, by: "Person | None") -> Enrolment:
    """Note that research may not use the home's data any more: later extracts leave it out."""
    return _note_research(enrolment, None, by)


def _note_research(
    enrolment: Enrolment, agreed_on: dt.date | None, by: "Person | None"
) -> Enrolment:
    row = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    row.research_agreed_on = agreed_on
    row.research_noted_by = by
    row.full_clean()
    row.save(update_fields=["research_agreed_on", "research_noted_by"])
    return row
