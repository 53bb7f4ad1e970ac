"""A certificate counts what somebody gave, in the time that it is about."""

import datetime as dt

import pytest
from django.utils import timezone

from fans.people.volunteers.models import HoursEntry
from fans.people.volunteers.reports import certificate_of
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def day(ago: int) -> dt.date:
    return TODAY - dt.timedelta(days=ago)


def give(volunteer, ago, minutes=60, **more):
    return HoursEntry.objects.create(volunteer=volunteer, day=day(ago), minutes=minutes, **more)


def test_hours_visits_and_homes_of_all_the_time_are_added_up():
    volunteer = factories.active_volunteer()
    home, other = factories.HomeFactory(name="The Elms"), factories.HomeFactory(name="Ash Lea")
    give(volunteer, 40, 90, home=home)
    give(volunteer, 3, 45, home=other, what="outing")
    give(volunteer, 2, 30, home=home, what="online")
    give(volunteer, 50, 120, what="training")

    told = certificate_of(volunteer)

    assert (told.name, told.group_name) == ("Vera Vole", "")
    assert (told.minutes, told.hours, told.visits_count) == (285, 4.75, 2)
    assert (told.homes, told.homes_count) == (["Ash Lea", "The Elms"], 2)
    assert (told.from_on, told.until_on) == (day(50), day(2))


def test_only_days_of_the_time_asked_for_count_the_first_and_last_too():
    volunteer = factories.active_volunteer()
    for ago in (31, 30, 20, 10, 9):
        give(volunteer, ago)

    told = certificate_of(volunteer, since=day(30), until=day(10))

    assert (told.minutes, told.from_on, told.until_on) == (180, day(30), day(10))


def test_each_of_a_group_counts_and_what_was_taken_back_or_is_to_come_does_not():
    volunteer = factories.active_volunteer(kind="group", group_name="The Larks")
    give(volunteer, 1, 60, people_count=4)
    give(volunteer, 1, 600, undone_at=timezone.now())
    give(volunteer, -1, 600)

    told = certificate_of(volunteer)

    assert (told.group_name, told.minutes, told.visits_count) == ("The Larks", 240, 1)


def test_a_house_of_few_beds_is_counted_and_not_named():
    volunteer = factories.active_volunteer()
    give(volunteer, 1, home=factories.HomeFactory(name="Two Rooms", beds=4))

    told = certificate_of(volunteer)

    assert (told.homes, told.homes_count) == ([], 1)


def test_nothing_given_makes_an_empty_certificate():
    told = certificate_of(factories.active_volunteer())

    assert (told.minutes, told.hours, told.visits_count, told.homes) == (0, 0, 0, [])
    assert told.from_on is None
    assert told.until_on is None
