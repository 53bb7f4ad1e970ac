"""A home joins with its waves, and is taken out as long as nothing has come of it."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from fans.cohorts.errors import ElsewhereError
from fans.cohorts.models import Enrolment
from fans.cohorts.services import agree_to_research
from fans.openness.board.errors import BegunError
from fans.openness.board.services import enrol_home, take_out
from fans.openness.models import Wave
from fans.openness.services import submit_assessment
from tests.factories import CohortFactory, EnrolmentFactory, HomeFactory, member


@pytest.fixture
def today():
    return timezone.localdate()


def test_a_home_joins_with_its_waves_and_a_look_back(cohort, facilitator, today):
    part = enrol_home(home=HomeFactory(), cohort=cohort, starts_on=today, by=facilitator)

    months = list(part.waves.order_by("month").values_list("month", "look_back_until"))
    assert months[:3] == [(0, today), (3, None), (6, None)]
    assert part.enrolled_by == facilitator


def test_a_home_may_join_without_a_look_back(cohort, facilitator, today):
    part = enrol_home(
        home=HomeFactory(), cohort=cohort, starts_on=today, looks_back=False, by=facilitator
    )

    assert part.waves.get(month=0).look_back_until is None


def test_a_facilitator_takes_no_home_out_of_another_cohort(facilitator, cohort, today):
    elsewhere = EnrolmentFactory(starts_on=today).home

    with pytest.raises(ElsewhereError, match="takes part in another cohort"):
        enrol_home(home=elsewhere, cohort=cohort, starts_on=today, by=facilitator)

    assert not cohort.enrolments.filter(home=elsewhere).exists()


def test_whose_part_elsewhere_is_over_may_join(facilitator, cohort, today):
    yesterday = today - dt.timedelta(days=1)
    over = EnrolmentFactory(starts_on=yesterday, ends_on=yesterday).home

    assert enrol_home(home=over, cohort=cohort, starts_on=today, by=facilitator).pk


def test_an_administrator_may_let_a_home_join_a_second_cohort(administrator, cohort, today):
    elsewhere = EnrolmentFactory(starts_on=today).home

    assert enrol_home(home=elsewhere, cohort=cohort, starts_on=today, by=administrator).pk


@pytest.mark.django_db(transaction=True)
def test_of_two_cohorts_that_want_one_home_at_once_one_gets_it(today):
    home = HomeFactory()
    both = Barrier(2)

    def ask(cohort):
        try:
            fay = member("facilitator", cohort=cohort)
            both.wait(timeout=10)
            return enrol_home(home=home, cohort=cohort, starts_on=today, by=fay).cohort_id
        except ElsewhereError as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(ask, [CohortFactory(), CohortFactory()]))

    assert ElsewhereError in answers
    assert Enrolment.objects.filter(home=home).count() == 1


def test_a_slip_is_taken_out_with_its_waves_and_frees_its_place(cohort, facilitator, today):
    part = enrol_home(home=HomeFactory(), cohort=cohort, starts_on=today, by=facilitator)

    take_out(enrolment=part)

    assert not Enrolment.objects.filter(pk=part.pk).exists()
    assert not Wave.objects.filter(enrolment=part.pk).exists()
    again = enrol_home(home=HomeFactory(), cohort=cohort, starts_on=today, by=facilitator)
    assert again.place == part.place


def test_nobody_is_taken_out_once_somebody_has_answered(cohort, facilitator, today):
    part = enrol_home(home=HomeFactory(), cohort=cohort, starts_on=today, by=facilitator)
    wave = part.waves.get(month=0)
    submit_assessment(wave=wave, group="staff", answers={"A3": 3}, by=facilitator)

    with pytest.raises(BegunError, match="Its part has begun"):
        take_out(enrolment=part)

    assert wave.assessments.count() == 1


def test_nobody_is_taken_out_once_a_wave_is_over(cohort, facilitator, today):
    long_ago = today - dt.timedelta(days=40)
    part = enrol_home(home=HomeFactory(), cohort=cohort, starts_on=long_ago, by=facilitator)

    with pytest.raises(BegunError):
        take_out(enrolment=part)


def test_nobody_is_taken_out_who_agreed_to_research(cohort, facilitator, today):
    part = enrol_home(home=HomeFactory(), cohort=cohort, starts_on=today, by=facilitator)
    agree_to_research(enrolment=part, agreed_on=today, by=facilitator)

    with pytest.raises(BegunError):
        take_out(enrolment=part)


def test_the_home_s_managers_hear_who_sees_its_log_from_now_on(
    cohort, facilitator, today, django_capture_on_commit_callbacks
):
    home = HomeFactory()
    manager = member("manager", home=home, name="Helen")
    member("coordinator", home=home)
    member("manager", home=HomeFactory())
    with django_capture_on_commit_callbacks(execute=True):
        enrol_home(home=home, cohort=cohort, starts_on=today, by=facilitator)
    [told] = mail.outbox
    assert told.to == [manager.email]
    assert facilitator.name in told.body
    assert "sees your home's log" in told.body
