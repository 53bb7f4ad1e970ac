"""What the database itself refuses."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from fans.connections.nudges.models import Aside, Mailing, Told, Wanted
from tests.factories import AsideFactory, PersonFactory

DAY = dt.date(2026, 11, 16)

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return PersonFactory()


def refused(name, make):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()


def mailing(person, day=DAY, due_on=None):
    return Mailing.objects.create(person=person, day=day, due_on=due_on or day)


def told(one, due_on, **more):
    values = {"kind": "quiet", "thing_id": 1} | more
    return Told.objects.create(mailing=one, person=one.person, due_on=due_on, **values)


def test_one_mail_a_day(person):
    mailing(person)

    refused("one_a_day", lambda: mailing(person, due_on=DAY - dt.timedelta(days=1)))
    assert mailing(PersonFactory())


def test_one_mail_for_a_day(person):
    mailing(person)

    late = DAY + dt.timedelta(days=1)
    refused("once_for_a_day", lambda: mailing(person, day=late, due_on=DAY))


def test_no_mail_before_it_is_due(person):
    refused("not_before_due", lambda: mailing(person, due_on=DAY + dt.timedelta(days=1)))


@pytest.mark.parametrize("days", [-6, 0, 6])
def test_nothing_is_told_twice_within_seven_days(person, days):
    one = mailing(person)
    told(one, DAY)

    refused("once_a_week", lambda: told(one, DAY + dt.timedelta(days=days)))


def test_after_a_week_or_of_another_thing_or_to_another_it_may_be_told(person):
    one = mailing(person)
    told(one, DAY)

    assert told(one, DAY + dt.timedelta(days=7))
    assert told(one, DAY, thing_id=2)
    assert told(one, DAY, kind="wish")
    assert told(mailing(PersonFactory()), DAY)


def test_only_known_kinds_are_told_and_set_aside(person):
    one = mailing(person)

    refused("told_kind_known", lambda: told(one, DAY, kind="gossip"))
    refused("aside_kind_known", lambda: AsideFactory(person=person, kind="gossip"))


def test_a_reminder_is_put_off_or_closed_and_never_both_or_neither(person):
    for wrong in (
        {"reason": "done", "until": DAY},
        {"reason": "", "until": None},
        {"reason": "because", "until": None},
    ):
        refused("later_or_closed", lambda told=wrong: AsideFactory(person=person, **told))
    assert AsideFactory(person=person, reason="", until=DAY)


def test_one_word_on_one_reminder(person):
    AsideFactory(person=person)
    words = {"kind": "wish", "thing_id": 1, "newest": DAY, "until": DAY}

    refused("aside_once", lambda: Aside.objects.create(person=person, **words))


@pytest.mark.parametrize(
    ("name", "told"), [("how_known", {"how": "hourly"}), ("weekday_0_6", {"weekday": 7})]
)
def test_a_choice_is_one_that_there_is(person, name, told):
    refused(name, lambda: Wanted.objects.create(person=person, **told))


def test_all_of_it_goes_with_the_person(person):
    AsideFactory(person=person)
    told(mailing(person), DAY)
    Wanted.objects.create(person=person)

    person.delete()

    assert not any(model.objects.exists() for model in (Aside, Mailing, Told, Wanted))
