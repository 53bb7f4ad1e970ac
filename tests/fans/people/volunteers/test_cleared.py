"""Whether somebody is cleared: the same answer for one and for a list."""

import datetime as dt

import pytest
from django.utils import timezone

from fans.people.permissions import Reach
from fans.people.volunteers.finding import found_by
from fans.people.volunteers.models import Volunteer
from fans.people.volunteers.services.vetting import is_cleared
from tests.factories import VettingFactory, VolunteerFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("decisions", "cleared"),
    [
        ([], False),
        ([{}], True),
        ([{"outcome": "not_needed", "level": "none"}], True),
        ([{"outcome": "waiting", "decided_on": None}], False),
        ([{"outcome": "not_ok"}], False),
        ([{"role_slug": "helper"}], False),
        ([{"recheck_on": TODAY}], True),
        ([{"recheck_on": TODAY - DAY}], False),
        ([{}, {"outcome": "not_ok"}], False),
        ([{"outcome": "not_ok"}, {}], True),
        ([{}, {"outcome": "waiting", "decided_on": None}], True),
        ([{"decided_on": TODAY}, {"outcome": "not_ok", "decided_on": TODAY - DAY}], True),
        (
            [
                {"recheck_on": None, "decided_on": TODAY - DAY},
                {"recheck_on": TODAY - DAY, "decided_on": TODAY - 3 * DAY},
            ],
            True,
        ),
    ],
)
def test_the_latest_decision_for_the_role_counts(decisions, cleared):
    volunteer = VolunteerFactory(role_slug="visitor", stage="references")
    for decision in decisions:
        VettingFactory(
            volunteer=volunteer,
            **{"asked_on": TODAY - 9 * DAY, "decided_on": TODAY - 2 * DAY, **decision},
        )

    assert is_cleared(volunteer) is cleared
    assert Volunteer.objects.with_cleared(TODAY).get().cleared is cleared
    assert Volunteer.objects.cleared(TODAY).exists() is cleared


@pytest.mark.parametrize(("days", "due"), [(30, True), (31, False), (-5, True)])
def test_a_decision_is_due_a_month_before_its_day(days, due):
    volunteer = VolunteerFactory(role_slug="visitor", stage="references")
    VettingFactory(
        volunteer=volunteer,
        asked_on=TODAY - 90 * DAY,
        decided_on=TODAY - 90 * DAY,
        recheck_on=TODAY + days * DAY,
    )

    assert Volunteer.objects.recheck_due(TODAY + 30 * DAY).exists() is due


def test_nobody_who_left_is_looked_at_again():
    volunteer = VolunteerFactory(role_slug="visitor", stage="left")
    VettingFactory(volunteer=volunteer, recheck_on=TODAY + DAY)

    assert not Volunteer.objects.recheck_due(TODAY + 30 * DAY).exists()


@pytest.mark.parametrize(
    ("later", "cleared"),
    [({}, True), ({"outcome": "not_ok"}, False), ({"recheck_on": TODAY - DAY}, False)],
)
def test_homes_are_told_by_the_latest_decision_too(later, cleared):
    volunteer = VolunteerFactory(stage="active")
    long_ago = {"asked_on": TODAY - 9 * DAY, "decided_on": TODAY - 9 * DAY}
    VettingFactory(volunteer=volunteer, **long_ago)
    VettingFactory(volunteer=volunteer, **{**long_ago, **later})

    assert found_by(Reach(everywhere=True)).get().cleared is cleared
