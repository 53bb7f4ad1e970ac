"""Which cohort or enrolment is asked for, and who asks."""

from typing import Final, cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from fans.cohorts.models import Cohort, Enrolment
from fans.people.models import Person

UNPROCESSABLE: Final = 422
"""A form that needs another look; the page says where."""

CONFLICT: Final = 409
"""What was asked came too late, or somebody else was first."""


def person_of(request: HttpRequest) -> Person:
    """Return who is signed in; the permission table has seen to it that somebody is."""
    return cast(Person, request.user)


def cohort_for(request: HttpRequest, pk: int, action: str) -> Cohort:
    """Return the cohort asked for.

    Raises:
        Http404: there is none of this number, or the roles held do not reach it.
    """
    cohort = get_object_or_404(Cohort.objects.select_related("programme"), pk=pk)
    if not request.user.has_perm(action, cohort):
        raise Http404("Your roles do not reach this cohort.")
    return cohort


def enrolment_for(request: HttpRequest, pk: int, action: str = "cohorts.run") -> Enrolment:
    """Return the enrolment asked for, with its home and cohort.

    Raises:
        Http404: there is none of this number, or the roles held do not reach its cohort.
    """
    rows = Enrolment.objects.select_related(
        "home", "cohort__programme", "enrolled_by", "research_noted_by"
    )
    found = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm(action, found.cohort):
        raise Http404("Your roles do not reach this cohort.")
    return found
