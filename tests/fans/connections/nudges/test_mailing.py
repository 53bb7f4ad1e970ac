"""Reminders by mail: one a day at most, about one thing once a week."""

import datetime as dt
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from fans.connections.nudges import tasks
from fans.connections.nudges.models import Mailing, Told
from fans.connections.nudges.rules import Kind
from fans.connections.nudges.services import Later, choose, mailing, send_due, set_aside
from fans.connections.nudges.weeks import How
from fans.people.models import Person
from fans.people.post import receivers
from fans.people.post.addresses import hash_of_address
from fans.people.post.models import How as Stopped
from fans.people.post.services import send
from tests.factories import HomeFactory, PartnershipFactory, member
from tests.fans.connections.nudges.conftest import MONDAY, at, quiet_tie

LONDON = ZoneInfo("Europe/London")
DAY = dt.timedelta(days=1)


def run(day, hour=9):
    """Let the job run on a day."""
    with time_machine.travel(at(day, hour), tick=False):
        return send_due(timezone.now())


def sent_on(*days, hour=9):
    """Let the job run on each day; return on which of them a mail was written."""
    return [day for day in days if run(day, hour).mails]


def week(start=MONDAY, days=7):
    return [start + DAY * number for number in range(days)]


def test_one_mail_on_monday_says_what_waits_and_where(db, coordinator, home):
    tie = quiet_tie(home)

    assert run(MONDAY).mails == 1

    (sent,) = mail.outbox
    assert sent.to == [coordinator.email]
    assert sent.subject == "One thing waits for you"
    assert "Ukulele Circle and Larkfield House" in sent.body
    assert "Last met on 1 September 2026; it was every 7 days." in sent.body
    assert f"/ties/{tie.pk}/" in sent.body
    assert "/work-list/" in sent.body
    assert "/account/reminders/" in sent.body


def test_a_second_run_on_the_day_or_in_the_week_writes_nothing(db, coordinator, home):
    quiet_tie(home)

    assert sent_on(MONDAY, MONDAY, *week()) == [MONDAY]
    assert sent_on(*week(MONDAY + 7 * DAY)) == [MONDAY + 7 * DAY]


def test_where_nothing_waits_there_is_no_mail(db, coordinator, home):
    assert run(MONDAY).nothing == 1

    quiet_tie(home)
    assert sent_on(*week()) == []  # said next Monday
    assert sent_on(MONDAY + 7 * DAY) == [MONDAY + 7 * DAY]


def test_a_day_on_which_nothing_ran_is_made_up_for_in_the_week(db, coordinator, home):
    quiet_tie(home)

    assert sent_on(MONDAY + 3 * DAY, MONDAY + 4 * DAY, MONDAY + 7 * DAY) == [
        MONDAY + 3 * DAY,
        MONDAY + 7 * DAY,
    ]


def test_daily_mails_tell_what_is_new_and_the_same_again_after_a_week(db, coordinator, home):
    with time_machine.travel(at(MONDAY - DAY), tick=False):
        choose(by=coordinator, how=How.DAILY, weekday=0)
    quiet_tie(home)
    assert sent_on(*week(days=3)) == [MONDAY]

    quiet_tie(home, name="Bowls Club")
    assert sent_on(*week(MONDAY + 3 * DAY)) == [MONDAY + 3 * DAY, MONDAY + 7 * DAY]
    assert "Ukulele" not in mail.outbox[1].body
    assert "Bowls Club" in mail.outbox[1].body
    assert "Bowls Club" not in mail.outbox[2].body


def test_the_chosen_day_holds_from_then_on(db, coordinator, home):
    quiet_tie(home)
    with time_machine.travel(at(MONDAY - DAY), tick=False):
        choose(by=coordinator, how=How.WEEKLY, weekday=3)

    assert sent_on(*week()) == [MONDAY + 3 * DAY]


def test_somebody_who_wants_none_gets_none(db, coordinator, home):
    quiet_tie(home)
    choose(by=coordinator, how=How.NONE, weekday=0)

    assert sent_on(*week()) == []
    assert not Mailing.objects.exists()


def test_somebody_who_stopped_mail_of_the_programme_gets_none(db, coordinator, home):
    quiet_tie(home)
    known = hash_of_address(coordinator.email)
    receivers.stop(address_hash=known, kind="programme", how=Stopped.LINK)

    assert sent_on(*week()) == []

    receivers.start_again(address_hash=known, kind="programme")
    assert sent_on(MONDAY + 7 * DAY) == [MONDAY + 7 * DAY]


def test_what_was_put_off_or_closed_is_not_told(db, coordinator, home):
    tie = quiet_tie(home)
    with time_machine.travel(at(MONDAY), tick=False):
        set_aside(by=coordinator, kind="quiet", thing_id=tie.pk, word=Later.WEEK, today=MONDAY)

    assert sent_on(*week()) == []
    assert sent_on(MONDAY + 7 * DAY) == [MONDAY + 7 * DAY]


def test_nobody_hears_of_homes_beyond_their_reach(db, coordinator, home):
    quiet_tie(HomeFactory(name="Heronsgate"))

    assert run(MONDAY).mails == 0


def test_a_private_person_is_not_named_in_a_mail(db, coordinator, home):
    tie = quiet_tie(home)
    type(tie.partner).objects.filter(pk=tie.partner.pk).update(
        kind="person", asset=None, name="Accordion player", own_category="individual_gift"
    )

    run(MONDAY)

    assert "Accordion" not in mail.outbox[0].body
    assert "A neighbour and Larkfield House" in mail.outbox[0].body


def test_no_link_or_subject_holds_anything_personal(db, champion, coordinator, home):
    quiet_tie(home)
    run(MONDAY)

    for sent in mail.outbox:
        assert re.fullmatch(r"(One thing waits|\d+ things wait) for you", sent.subject)
        for link in re.findall(r"https?://\S+", sent.body):
            known = r"(:8000|/)(ties/\d+/|work/|account/reminders/|stop/\S+)?$"
            assert re.search(known, link.removesuffix(".")), link
        assert sent.to[0] not in sent.body


def test_more_than_twenty_things_are_counted(db, coordinator, home):
    for number in range(22):
        quiet_tie(home, name=f"Club {number}")

    run(MONDAY)

    assert mail.outbox[0].subject == "22 things wait for you"
    assert "And 2 more." in mail.outbox[0].body
    assert Told.objects.count() == 22


@pytest.mark.parametrize("hour", [0, 6, 19, 23])
def test_nobody_is_written_to_at_night(db, coordinator, home, hour):
    quiet_tie(home)

    assert sent_on(MONDAY, hour=hour) == []


@pytest.mark.parametrize(
    ("sunday", "first_utc"),
    [(dt.date(2026, 3, 29), 6), (dt.date(2026, 10, 25), 7)],  # clocks go on, and back
)
def test_on_days_that_change_the_clock_seven_is_seven_in_london(
    db, coordinator, home, sunday, first_utc
):
    member("coordinator", home=home, name="Bea")
    quiet_tie(home, last_on=dt.date(2026, 1, 20))
    with time_machine.travel(at(sunday - 10 * DAY), tick=False):
        for person in Person.objects.all():
            choose(by=person, how=How.WEEKLY, weekday=6)
    counts = []
    start = dt.datetime.combine(sunday, dt.time(), tzinfo=LONDON).astimezone(dt.UTC)
    for hours in range(26):
        moment = start + dt.timedelta(hours=hours)
        with time_machine.travel(moment, tick=False):
            if send_due(timezone.now()).mails:
                counts.append((moment.hour, timezone.localtime().hour))

    assert counts == [(first_utc, 7)]
    assert len(mail.outbox) == 2  # one for each of the two


def test_the_job_runs_by_itself(db, coordinator, home, monday, monkeypatch):
    quiet_tie(home)
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)  # the test's own

    tasks.mail_now(timestamp=0)

    assert len(mail.outbox) == 1


def test_one_persons_trouble_is_not_everybodys(db, coordinator, manager, home, monkeypatch):
    quiet_tie(home)
    real = mailing.send

    def fails_for_ada(**told):
        if told["person"] == coordinator:
            raise OSError
        return real(**told)

    monkeypatch.setattr(mailing, "send", fails_for_ada)
    first = run(MONDAY)
    assert (first.mails, first.failed) == (1, 1)
    assert not Mailing.objects.filter(person=coordinator).exists()

    monkeypatch.setattr(mailing, "send", real)
    second = run(MONDAY, hour=10)
    assert (second.mails, second.failed) == (1, 0)
    assert Counter(to for sent in mail.outbox for to in sent.to) == {
        coordinator.email: 1,
        manager.email: 1,
    }


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["run", "run", "run", "fail"]),
        # Hours until then; the clock is put back now and then.
        st.sampled_from([1, 7, 14, 24, 24, 31, 60, -1, -26]),
        st.sampled_from([None, None, None, How.DAILY, How.WEEKLY]),
    ),
    min_size=8,
    max_size=14,
)


@settings(
    max_examples=8,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking takes minutes here
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=STEPS)
def test_any_run_clock_and_failure_gives_one_mail_a_day_and_one_word_a_week(
    db, coordinator, home, monkeypatch, steps
):
    _clear(coordinator)
    tie = quiet_tie(home)
    now, mails, served = at(MONDAY), [], []
    wants, since = How.WEEKLY, MONDAY - 7 * DAY

    def breaks(**told):
        raise OSError

    for what, hours, how in steps:
        now += dt.timedelta(hours=hours)
        monkeypatch.setattr(mailing, "send", breaks if what == "fail" else send)
        with time_machine.travel(now, tick=False):
            today = timezone.localdate()
            if how not in (None, wants):
                choose(by=coordinator, how=how, weekday=0)
                wants, since = how, today
            done = send_due(timezone.now())
            in_hours = 7 <= timezone.localtime().hour < 19
        mails += [today] * done.mails
        chosen_day = today - DAY * (today.weekday() if wants == How.WEEKLY else 0)
        if what == "run" and in_hours and chosen_day >= since:
            served.append(today)

    assert max(Counter(mails).values(), default=0) <= 1
    told = sorted(Told.objects.filter(kind="quiet").values_list("due_on", flat=True))
    assert len(told) == len(mails)
    assert all(later - one >= 7 * DAY for one, later in pairwise(told))
    for day in served:  # whoever could be written to that day has heard within the week
        assert any(abs(day - one) < 7 * DAY for one in told)
    tie.connections.all().delete()
    tie.delete()


def _clear(person):
    mail.outbox.clear()
    Mailing.objects.all().delete()
    person.memberships.update(from_on=dt.date(2026, 1, 1))
    with time_machine.travel(at(MONDAY - 7 * DAY), tick=False):
        choose(by=person, how=How.NONE, weekday=1)
        choose(by=person, how=How.WEEKLY, weekday=0)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_mail():
    home = HomeFactory()
    person = member("coordinator", home=home)
    quiet_tie(home)
    both = Barrier(2)

    def work(_):
        try:
            both.wait(timeout=10)
            return send_due(timezone.now())
        finally:
            connection.close()

    with time_machine.travel(at(MONDAY), tick=False), ThreadPoolExecutor(2) as workers:
        runs = list(workers.map(work, range(2)))

    assert sum(one.mails for one in runs) == 1
    assert [one.failed for one in runs] == [0, 0]
    assert [sent.to for sent in mail.outbox] == [[person.email]]
    assert Mailing.objects.count() == Told.objects.count() == 1


def test_a_tie_that_is_only_an_idea_waits_for_nobody(db, coordinator, home):
    PartnershipFactory(home=home)

    assert run(MONDAY).nothing == 1
    assert Kind.QUIET not in Told.objects.values_list("kind", flat=True)
