"""Who sees a wave's figures: private first, then by the home's choice."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fans.openness.models import Wave
from fans.openness.replies.models import Audience
from fans.openness.replies.seeing import (
    facilitator_sees_from,
    least_respondents,
    may_see_score,
    others_of,
    visible_to_others,
    visible_waves,
)
from fans.openness.replies.services import reply, share, take_back, unshare
from fans.openness.services import plan_waves
from fans.people.models import Person
from tests import factories

pytestmark = pytest.mark.django_db


def again(person):
    """The same person in a new request: memberships are read once in each."""
    return Person.objects.get(pk=person.pk)


def seers(wave, around):
    return {who for who, person in around.items() if may_see_score(again(person), wave)}


def test_the_home_sees_a_closed_wave_at_once_and_nobody_else_does(
    wave, manager, coordinator, facilitator, around
):
    assert may_see_score(manager, wave)
    assert may_see_score(coordinator, wave)
    assert not may_see_score(facilitator, wave)
    assert not may_see_score(AnonymousUser(), wave)
    assert seers(wave, around) == set()


def test_nobody_sees_the_figures_of_an_open_wave_not_even_the_home(
    wave, manager, facilitator, today
):
    today.move_to(dt.datetime(2026, 5, 28, 12, tzinfo=dt.UTC))
    reply(wave=wave, words="We were short of hands.", by=manager)

    assert not may_see_score(manager, wave)
    assert not may_see_score(again(facilitator), wave)


def test_the_facilitator_sees_it_a_fortnight_after_closing(wave, facilitator, today):
    assert facilitator_sees_from(wave) == dt.date(2026, 6, 11)

    today.move_to(dt.datetime(2026, 6, 10, 22, 59, tzinfo=dt.UTC))
    assert not may_see_score(again(facilitator), wave)

    # Days are London days: this is half past midnight there.
    today.move_to(dt.datetime(2026, 6, 10, 23, 30, tzinfo=dt.UTC))
    assert may_see_score(again(facilitator), wave)


def test_a_reply_lets_the_facilitator_see_it_and_taking_it_back_does_not_any_more(
    wave, manager, facilitator, around
):
    said = reply(wave=wave, words="We were short of hands.", by=manager)
    assert may_see_score(again(facilitator), wave)
    assert seers(wave, around) == set()

    take_back(standing=said, by=manager)
    assert not may_see_score(again(facilitator), wave)


def test_a_facilitator_of_another_cohort_never_sees_it(wave, manager, today):
    other = factories.member("facilitator", cohort=factories.CohortFactory())
    for audience in Audience:
        share(wave=wave, audience=audience, by=manager)
    today.move_to(dt.datetime(2027, 1, 1, tzinfo=dt.UTC))

    assert not may_see_score(again(other), wave)


@pytest.mark.parametrize(
    ("audience", "who"),
    [
        ("facilitator", set()),
        ("cohort", {"manager of another home", "coordinator of another home"}),
        ("champion", {"champion"}),
        ("relatives", {"relative"}),
        ("provider", {"provider"}),
    ],
)
def test_each_audience_sees_what_is_shared_with_it_until_it_is_taken_back(
    wave, manager, facilitator, around, audience, who
):
    share(wave=wave, audience=audience, by=manager)
    assert seers(wave, around) == who
    assert may_see_score(again(facilitator), wave) == (audience == "facilitator")

    unshare(wave=wave, audience=audience, by=manager)
    assert seers(wave, around) == set()
    assert not may_see_score(again(facilitator), wave)


def test_sharing_one_wave_shares_no_other(enrolment, wave, manager, around, today):
    later = plan_waves(enrolment=enrolment)[1]
    today.move_to(dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC))
    share(wave=wave, audience="relatives", by=manager)

    assert visible_waves(again(around["relative"]), [later, wave]) == [wave]
    assert visible_waves(again(manager), [later, wave]) == [later, wave]


def test_a_role_that_ended_sees_nothing_any_more(wave, manager, around, today):
    share(wave=wave, audience="relatives", by=manager)
    around["relative"].memberships.update(until=dt.date(2026, 5, 30))

    assert may_see_score(again(around["relative"]), wave)
    today.move_to(dt.datetime(2026, 5, 31, 12, tzinfo=dt.UTC))
    assert not may_see_score(again(around["relative"]), wave)


def test_whoever_may_not_sign_in_sees_nothing(wave, manager):
    manager.is_active = False

    assert not may_see_score(manager, wave)


def test_asks_as_often_for_one_wave_as_for_many(wave, manager, facilitator, around):
    share(wave=wave, audience="champion", by=manager)
    share(wave=wave, audience="cohort", by=manager)
    for number in range(3, 9):
        enrolled = factories.EnrolmentFactory(
            cohort=wave.enrolment.cohort, home=factories.HomeFactory(), place=number
        )
        for planned in plan_waves(enrolment=enrolled):
            planned.shares.create(audience="champion", shared_at="2026-05-28T12:00Z")
    waves = list(Wave.objects.select_related("enrolment"))
    every_role = [facilitator, around["champion"], around["manager of another home"]]

    for person in every_role:
        with CaptureQueriesContext(connection) as for_one:
            visible_waves(again(person), [wave])
        with CaptureQueriesContext(connection) as for_many:
            visible_waves(again(person), waves)
        assert len(for_many) <= len(for_one) + 1 <= 7


def test_a_group_needs_three_for_the_homes_own_team_and_eight_for_anybody_else(
    home, manager, coordinator, facilitator, around
):
    navigator = factories.member("navigator", home=home)

    assert {least_respondents(p, home) for p in (manager, coordinator, navigator)} == {3}
    assert {
        least_respondents(p, home) for p in (facilitator, AnonymousUser(), *around.values())
    } == {8}


def test_lists_what_other_homes_share_and_not_ones_own(wave, manager, around, other_home):
    assert others_of(wave) == [other_home]
    assert visible_to_others(again(around["manager of another home"])) == []

    share(wave=wave, audience="cohort", by=manager)

    assert visible_to_others(again(around["manager of another home"])) == [wave]
    assert visible_to_others(again(manager)) == []
    assert visible_to_others(again(around["relative"])) == []
