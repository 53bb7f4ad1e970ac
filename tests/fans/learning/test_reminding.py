"""Whoever sees to a first step or a look back hears of it once, in one mail a day at most."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from fans.connections.nudges.models import Mailing, Wanted
from fans.connections.nudges.services import remind as remind_of_list
from fans.connections.nudges.services import take_day
from fans.learning import services
from fans.learning.models import Action, Review
from fans.learning.reports import waiting_for
from fans.learning.services import Move
from fans.learning.services.reminding import send_due
from fans.people.models import Person

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)  # a Thursday
DAY = NOON.date()


@pytest.fixture(autouse=True)
def _weekly_mail_went(home, helen, grace):
    """On Monday, so that nothing but what is due now is to be written."""
    monday = DAY - dt.timedelta(days=3)
    for person in Person.objects.all():
        person.memberships.update(from_on=dt.date(2026, 1, 1))
        Mailing.objects.create(person=person, day=monday, due_on=monday)


@pytest.fixture
def due(action):
    """The first step is due in the afternoon."""
    Action.objects.filter(pk=action.pk).update(
        planned_at=NOON - dt.timedelta(hours=44), first_due_at=NOON + dt.timedelta(hours=4)
    )
    return action


def mails():
    return mail.outbox


def addresses():
    return {address for each in mails() for address in each.to}


def test_whoever_sees_to_it_hears_on_the_day_that_the_48_hours_end(due, grace):
    assert send_due(NOON - dt.timedelta(days=1)) == 0
    assert send_due(NOON) == 1

    assert addresses() == {grace.email}
    assert "due by Thursday 26 November, 16:00" in mails()[0].body
    assert f"/plans/actions/{due.pk}/" in mails()[0].body


def test_no_word_of_a_plan_stands_in_a_mail(due, plan):
    send_due(NOON)

    words = " ".join((mails()[0].subject, mails()[0].body))
    assert not [w for w in (due.what, due.first_step, due.how_known, plan.title) if w in words]


def test_nobody_hears_of_one_thing_twice(due):
    assert [send_due(NOON + dt.timedelta(days=n)) for n in range(3)] == [1, 0, 0]


@pytest.mark.parametrize("hour", [5, 20])
def test_nothing_is_mailed_at_night(due, hour):
    assert send_due(NOON.replace(hour=hour)) == 0


def test_what_is_done_let_go_or_taken_out_reminds_nobody(due, plan, helen):
    for move, back in ((Move.STEP_DONE, Move.STEP_OPEN), (Move.LET_GO, Move.REOPEN)):
        services.move(action=due, by=helen, to=move)
        assert send_due(NOON) == 0
        services.move(action=due, by=helen, to=back)
    services.remove(row=due, by=helen)
    assert send_due(NOON) == 0
    services.bring_back(row=due, by=helen)
    services.lay_by(plan=plan, by=helen)
    assert send_due(NOON) == 0
    services.go_on(plan=plan, by=helen)
    assert send_due(NOON) == 1


def test_what_no_person_sees_to_is_told_to_the_homes_team(due, grace, helen):
    Action.objects.update(owner=None)

    assert send_due(NOON) == 2
    assert addresses() == {grace.email, helen.email}


def test_an_owner_who_left_the_team_hears_nothing_and_the_team_does(due, grace, helen):
    grace.memberships.all().delete()

    assert send_due(NOON) == 1
    assert addresses() == {helen.email}


def test_looks_back_are_mailed_once_their_day_has_come(action, grace):
    Action.objects.update(first_done_at=NOON)
    Review.objects.filter(month=3).update(due_on=DAY)

    assert send_due(NOON) == 1
    assert "3 months have passed" in mails()[0].body


def test_whoever_had_a_mail_today_gets_this_one_tomorrow(due, grace):
    Mailing.objects.create(person=grace, day=DAY, due_on=DAY, things_count=2)

    assert send_due(NOON) == 0
    assert send_due(NOON + dt.timedelta(days=1)) == 1


def test_the_work_list_goes_first_where_its_mail_is_still_to_come(due, grace):
    Mailing.objects.filter(person=grace).delete()
    assert send_due(NOON) == 0

    assert remind_of_list(person_id=grace.pk, today=DAY) == 0  # nothing waits there
    assert send_due(NOON) == 1
    assert Mailing.objects.get(person=grace).things_count == 1


def test_after_this_mail_the_work_list_writes_none_that_day(due, grace):
    Wanted.objects.create(person=grace, how="daily", chosen_at=NOON - dt.timedelta(days=9))
    Mailing.objects.create(person=grace, day=DAY, due_on=DAY)  # and had nothing to say
    assert send_due(NOON) == 1

    assert remind_of_list(person_id=grace.pk, today=DAY) is None


def test_who_wants_no_reminders_gets_none(due, grace):
    Wanted.objects.create(person=grace, how="none")

    assert send_due(NOON) == 0
    assert take_day(person=grace, today=DAY, things_count=1) is False


def test_the_page_of_the_day_shows_what_is_ones_own(action, home, grace, helen):
    assert [row.pk for row in waiting_for(grace, home).steps] == [action.pk]
    assert not waiting_for(helen, home)

    Review.objects.filter(month=3).update(due_on=timezone.localdate())
    assert [row.month for row in waiting_for(grace, home).reviews] == [3]
    Action.objects.update(owner=None)
    assert [row.pk for row in waiting_for(helen, home).steps] == [action.pk]


def test_one_persons_trouble_is_not_everybodys(due, grace, helen, monkeypatch, caplog):
    Action.objects.update(owner=None)
    sent = []

    def write(*, to, **said):
        if to == grace.email:
            raise RuntimeError
        sent.append(to)

    monkeypatch.setattr("fans.learning.services.reminding.send", write)
    assert send_due(NOON) == 1
    assert sent == [helen.email]
    assert f"person {grace.pk}" in caplog.text
    assert not Mailing.objects.filter(person=grace, day=DAY).exists()
