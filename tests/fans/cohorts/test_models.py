"""Programme, cohort, enrolment: each constraint broken once."""

import datetime as dt

import pytest
from django.db import IntegrityError

from tests.factories import CohortFactory, EnrolmentFactory, HomeFactory, ProgrammeFactory


def broken(name):
    return pytest.raises(IntegrityError, match=name)


def test_a_home_is_in_a_cohort_once(db):
    first = EnrolmentFactory(place=1)

    with broken("cohorts_enrolment_once"):
        EnrolmentFactory(cohort=first.cohort, home=first.home, place=2)


def test_a_place_is_taken_once(db):
    first = EnrolmentFactory(place=1)

    with broken("cohorts_enrolment_place_once"):
        EnrolmentFactory(cohort=first.cohort, home=HomeFactory(name="Elmbank"), place=1)


@pytest.mark.parametrize("place", [0, 19])
def test_places_run_from_1_to_18(db, place):
    with broken("cohorts_enrolment_eighteen"):
        EnrolmentFactory(place=place)


def test_an_enrolment_does_not_end_before_it_starts(db):
    with broken("cohorts_enrolment_ordered"):
        EnrolmentFactory(starts_on=dt.date(2026, 5, 2), ends_on=dt.date(2026, 5, 1))


def test_names_of_programmes_and_cohorts_are_unique(db):
    cohort = CohortFactory(name="Trafford North")

    with broken("cohorts_cohort_name"):
        CohortFactory(name="Trafford North", programme=cohort.programme)


def test_names_of_programmes_are_unique(db):
    programme = ProgrammeFactory()

    with broken("cohorts_programme_name"):
        type(programme).objects.create(name=programme.name)


def test_an_enrolment_is_asked_about_by_home_and_cohort(db):
    enrolment = EnrolmentFactory()

    assert enrolment.permission_scope() == {
        "home": {enrolment.home_id},
        "cohort": {enrolment.cohort_id},
    }
    assert enrolment.cohort.permission_scope() == {"cohort": {enrolment.cohort_id}}
