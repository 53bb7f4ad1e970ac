"""Writes on cohorts: homes join and leave, and say whether research may use their data."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from fans.cohorts.errors import (
    AgreementDateError,
    AlreadyEndedError,
    AlreadyEnrolledError,
    CohortFullError,
    CohortNameError,
    EndDateError,
)
from fans.cohorts.models import COHORT_PLACES, Cohort, Enrolment, Programme
from homes.models import Home

if TYPE_CHECKING:  # whoever acts is ``settings.AUTH_USER_MODEL``
    from fans.people.models import Person


@transaction.atomic
def make_cohort(*, name: str, programme: str, by: "Person | None") -> Cohort:
    """Begin a cohort of a programme, which is made where it is new.

    Raises:
        CohortNameError: another cohort has this name.
        ValidationError: a name is missing or too long.
    """
    known = Programme.objects.filter(name__iexact=programme.strip()).first()
    if known is None:
        known = Programme(name=programme.strip())
        known.full_clean()
        known.save()
    # What somebody of the demo makes goes with the demo.
    cohort = Cohort(programme=known, name=name.strip(), is_demo=by is not None and by.is_demo)
    _refuse_taken_name(cohort)
    cohort.full_clean()
    cohort.save()
    return cohort


@transaction.atomic
def rename_cohort(*, cohort: Cohort, name: str) -> Cohort:
    """Give a cohort another name.

    Raises:
        CohortNameError: another cohort has this name.
        ValidationError: the name is missing or too long.
    """
    row = Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)
    row.name = name.strip()
    _refuse_taken_name(row)
    row.full_clean()
    row.save(update_fields=["name"])
    return row


def _refuse_taken_name(cohort: Cohort) -> None:
    if Cohort.objects.filter(name__iexact=cohort.name).exclude(pk=cohort.pk).exists():
        raise CohortNameError(f"There is a cohort named {cohort.name} already.")


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
def end_enrolment(*, enrolment: Enrolment, ends_on: dt.date) -> Enrolment:
    """Say on which day a home's part ends; what it logged and answered stays.

    Raises:
        AlreadyEndedError: somebody has said so before.
        EndDateError: the part began later.
    """
    row = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    if row.ends_on is not None:
        raise AlreadyEndedError(
            f"It is noted already that this part ends on {row.ends_on:%-d %B %Y}."
        )
    if ends_on < row.starts_on:
        raise EndDateError(f"Its part began on {row.starts_on:%-d %B %Y}. Put a later day.")
    row.ends_on = ends_on
    row.full_clean()
    row.save(update_fields=["ends_on"])
    return row


@transaction.atomic
def let_go_on(*, enrolment: Enrolment) -> Enrolment:
    """Take back that a home's part ends."""
    row = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    row.ends_on = None
    row.full_clean()
    row.save(update_fields=["ends_on"])
    return row


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
