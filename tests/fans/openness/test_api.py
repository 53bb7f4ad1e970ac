"""Cohorts, waves and scores over the API."""

import datetime as dt

import pytest
from django.utils import timezone

from fans.openness import services
from fans.openness.models import Assessment
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return factories.HomeFactory(beds=40)


@pytest.fixture
def enrolment(home):
    start = timezone.localdate() - dt.timedelta(days=100)
    return factories.EnrolmentFactory(home=home, starts_on=start)


@pytest.fixture
def waves(enrolment):
    return services.plan_waves(enrolment=enrolment)


def answered(wave, group, value, times):
    indicator = wave.instrument.indicators.get(code="A3")
    for _ in range(times):
        sheet = Assessment.objects.create(wave=wave, group=group)
        sheet.answers.create(indicator=indicator, value=value)


def closed(wave, days_ago):
    services.score_wave(wave=wave)
    wave.closes_on = timezone.localdate() - dt.timedelta(days=days_ago)
    wave.opens_on = wave.closes_on - dt.timedelta(days=27)
    wave.closed_at = timezone.now() - dt.timedelta(days=days_ago)
    wave.save()
    return wave


def listed(client, what, person, **asked):
    client.force_login(person)
    response = client.get(f"/api/v1/{what}/", asked)
    assert response.status_code == 200, response.json()
    return response.json()


def test_a_facilitator_lists_their_own_cohorts_with_their_homes(client, enrolment):
    factories.EnrolmentFactory()
    person = factories.member("facilitator", cohort=enrolment.cohort)
    [cohort] = listed(client, "cohorts", person)["results"]
    assert cohort["name"] == enrolment.cohort.name
    assert [each["home"] for each in cohort["enrolments"]] == [enrolment.home_id]


def test_waves_come_with_their_days_and_state_and_nothing_else(client, home, waves):
    person = factories.member("manager", home=home)
    found = listed(client, "waves", person)
    assert found["count"] == 3
    assert [wave["month"] for wave in found["results"]] == [0, 3, 6]
    assert [wave["state"] for wave in found["results"]] == ["closed", "open", "planned"]
    assert set(found["results"][0]) == {
        *("id", "home", "cohort", "month", "instrument", "state", "opens_on", "closes_on"),
    }


def test_waves_are_narrowed_by_month_and_home_and_paged(client, home, waves):
    person = factories.member("manager", home=home)
    found = listed(client, "waves", person, month=["0", "6"], home=home.pk, page_size=1, page=2)
    assert (found["count"], [wave["month"] for wave in found["results"]]) == (2, [6])
    assert listed(client, "waves", person, home=home.pk + 1)["count"] == 0


@pytest.mark.parametrize("asked", [{"month": "5"}, {"home": "x"}, {"sort": "score"}])
def test_a_slip_in_a_parameter_is_refused_by_name(client, home, asked):
    client.force_login(factories.member("manager", home=home))
    response = client.get("/api/v1/scores/", asked)
    assert response.status_code == 400
    assert next(iter(asked)) in str(response.json())


def test_no_figure_of_an_open_wave_goes_out(client, home, waves):
    services.score_wave(wave=waves[1])
    person = factories.member("manager", home=home)
    assert listed(client, "scores", person)["count"] == 0
    assert client.get(f"/api/v1/scores/{waves[1].pk}/").status_code == 404


def test_a_facilitator_waits_a_fortnight_and_the_home_does_not(client, home, enrolment, waves):
    closed(waves[0], days_ago=3)
    manager = factories.member("manager", home=home)
    facilitator = factories.member("facilitator", cohort=enrolment.cohort)
    assert listed(client, "scores", manager)["count"] == 1
    assert listed(client, "scores", facilitator)["count"] == 0
    assert client.get(f"/api/v1/scores/{waves[0].pk}/").status_code == 404


def test_what_few_answered_is_kept_back_from_those_outside(client, home, enrolment, waves):
    answered(waves[0], "residents", 1, times=4)
    closed(waves[0], days_ago=30)
    manager = factories.member("manager", home=home)
    facilitator = factories.member("facilitator", cohort=enrolment.cohort)
    [inside] = listed(client, "scores", manager)["results"]
    [outside] = listed(client, "scores", facilitator)["results"]
    assert inside["indicators"]["A3"] == 1
    assert outside["indicators"]["A3"] is None
    assert outside["dimensions"]["A"] is None
    assert outside["felt"] is None
    assert outside["keeps_back"] is True
    assert inside["keeps_back"] is False


def test_a_page_of_scores_costs_no_more_with_more_homes(
    client, enrolment, waves, django_assert_max_num_queries
):
    closed(waves[0], days_ago=30)
    for place in range(2, 8):
        other = factories.EnrolmentFactory(
            cohort=enrolment.cohort, place=place, starts_on=enrolment.starts_on
        )
        closed(services.plan_waves(enrolment=other)[0], days_ago=30)
    client.force_login(factories.member("facilitator", cohort=enrolment.cohort))
    with django_assert_max_num_queries(20):
        assert client.get("/api/v1/scores/").json()["count"] == 7
