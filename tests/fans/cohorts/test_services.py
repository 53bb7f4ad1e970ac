"""Homes join a cohort, eighteen at most, and say whether research may use their data."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from fans.cohorts.errors import (
    AgreementDateError,
    AlreadyEndedError,
    AlreadyEnrolledError,
    CohortFullError,
    CohortNameError,
    EndDateError,
)
from fans.cohorts.models import Enrolment
from fans.cohorts.services import (
    agree_to_research,
    end_enrolment,
    enrol,
    let_go_on,
    make_cohort,
    rename_cohort,
    take_back_research_agreement,
)
from tests.factories import CohortFactory, EnrolmentFactory, HomeFactory

START = dt.date(2026, 5, 1)


def homes(count):
    return [HomeFactory(name=f"Home {number}") for number in range(count)]


def test_homes_take_the_places_in_order(db, facilitator):
    cohort = CohortFactory()

    rows = [enrol(home=h, cohort=cohort, starts_on=START, by=facilitator) for h in homes(3)]

    assert [row.place for row in rows] == [1, 2, 3]
    assert {row.enrolled_by for row in rows} == {facilitator}


def test_a_place_left_free_is_taken_first(db, facilitator, home):
    cohort = CohortFactory()
    for place, other in zip((1, 3), homes(2), strict=True):
        EnrolmentFactory(cohort=cohort, home=other, place=place)

    row = enrol(home=home, cohort=cohort, starts_on=START, by=facilitator)

    assert row.place == 2


def test_refuses_a_nineteenth_home_in_words(db, facilitator, home):
    cohort = CohortFactory(name="Trafford North")
    for place, other in enumerate(homes(18), start=1):
        EnrolmentFactory(cohort=cohort, home=other, place=place)

    with pytest.raises(CohortFullError, match=r"Trafford North is full: .* at most 18 homes"):
        enrol(home=home, cohort=cohort, starts_on=START, by=facilitator)

    assert cohort.enrolments.count() == 18


def test_refuses_a_home_that_takes_part_already(cohort, home, facilitator):
    with pytest.raises(AlreadyEnrolledError, match="Larkfield House already takes part"):
        enrol(home=home, cohort=cohort, starts_on=START, by=facilitator)


def test_refuses_an_end_before_the_start(db, home, facilitator):
    with pytest.raises(ValidationError):
        enrol(
            home=home,
            cohort=CohortFactory(),
            starts_on=START,
            ends_on=START - dt.timedelta(days=1),
            by=facilitator,
        )


@pytest.mark.django_db(transaction=True)
def test_the_last_place_goes_to_one_of_two_who_ask_at_once():
    cohort = CohortFactory()
    for place, other in enumerate(homes(17), start=1):
        EnrolmentFactory(cohort=cohort, home=other, place=place)
    both = Barrier(2)

    def ask(home):
        try:
            both.wait(timeout=10)
            return enrol(home=home, cohort=cohort, starts_on=START, by=None).place
        except CohortFullError as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(ask, homes(2)))

    assert set(answers) == {18, CohortFullError}
    assert cohort.enrolments.count() == 18


@pytest.mark.django_db(transaction=True)
def test_four_who_ask_at_once_take_four_places():
    cohort = CohortFactory()
    all_four = Barrier(4)

    def ask(home):
        try:
            all_four.wait(timeout=10)
            return enrol(home=home, cohort=cohort, starts_on=START, by=None).place
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        places = list(pool.map(ask, homes(4)))

    assert sorted(places) == [1, 2, 3, 4]


def test_notes_the_day_of_a_research_agreement_and_who_noted_it(cohort, facilitator):
    row = Enrolment.objects.get(cohort=cohort)

    agree_to_research(enrolment=row, agreed_on=dt.date(2026, 5, 3), by=facilitator)

    row.refresh_from_db()
    assert row.research_agreed_on == dt.date(2026, 5, 3)
    assert row.research_noted_by == facilitator


def test_refuses_an_agreement_still_to_come(cohort, facilitator):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)

    with pytest.raises(AgreementDateError, match="once it is given"):
        agree_to_research(
            enrolment=Enrolment.objects.get(cohort=cohort), agreed_on=tomorrow, by=facilitator
        )


def test_a_research_agreement_can_be_taken_back(cohort, facilitator):
    row = Enrolment.objects.get(cohort=cohort)
    agree_to_research(enrolment=row, agreed_on=dt.date(2026, 5, 3), by=facilitator)

    take_back_research_agreement(enrolment=row, by=facilitator)

    row.refresh_from_db()
    assert row.research_agreed_on is None


def test_a_cohort_is_made_of_a_programme_old_or_new(db, administrator):
    first = make_cohort(name="Sale 2027", programme="Care Home FaNs", by=administrator)
    second = make_cohort(name="Stretford 2027", programme="care home fans ", by=administrator)
    third = make_cohort(name="Hale 2027", programme="Open Doors", by=administrator)

    assert first.programme == second.programme != third.programme
    assert not first.is_demo


def test_two_cohorts_never_share_a_name(cohort, administrator):
    with pytest.raises(CohortNameError, match="already"):
        make_cohort(name=cohort.name.upper(), programme="Care Home FaNs", by=administrator)
    other = CohortFactory()
    with pytest.raises(CohortNameError, match="already"):
        rename_cohort(cohort=other, name=f" {cohort.name} ")


def test_a_cohort_may_change_the_capitals_of_its_own_name(cohort):
    assert rename_cohort(cohort=cohort, name=cohort.name.upper()).name == cohort.name.upper()


def test_a_part_ends_once_and_goes_on_again(cohort):
    row = Enrolment.objects.get(cohort=cohort)

    end_enrolment(enrolment=row, ends_on=dt.date(2026, 11, 3))
    with pytest.raises(AlreadyEndedError, match="ends on 3 November 2026"):
        end_enrolment(enrolment=row, ends_on=dt.date(2026, 11, 9))
    row.refresh_from_db()
    assert row.ends_on == dt.date(2026, 11, 3)

    let_go_on(enrolment=row)
    row.refresh_from_db()
    assert row.ends_on is None


def test_no_part_ends_before_it_began(cohort):
    row = Enrolment.objects.get(cohort=cohort)

    with pytest.raises(EndDateError, match="began on 1 May 2026"):
        end_enrolment(enrolment=row, ends_on=dt.date(2026, 4, 30))
