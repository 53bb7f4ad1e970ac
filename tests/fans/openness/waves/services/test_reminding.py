"""Mails about waves: each stage once, one mail a day, a digest a week for facilitators."""

import datetime as dt

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from fans.connections.nudges.models import Mailing
from fans.openness.errors import WaveClosedError
from fans.openness.models import Wave
from fans.openness.services import plan_waves, submit_assessment
from fans.openness.waves import tasks
from fans.openness.waves.errors import RemindedLatelyError, WindowError
from fans.openness.waves.models import Asking, Told
from fans.openness.waves.services import close_wave, remind, reminding, send_due
from fans.people.models import Person
from tests import factories
from tests.fans.openness.waves.conftest import at, on

pytestmark = pytest.mark.django_db

TUESDAY = dt.date(2026, 7, 28)  # month 3 opens on 1 August, a Saturday
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def no_other_mail(monkeypatch):
    """The work list's weekly mail has gone, or is not due: it has tests of its own."""
    monkeypatch.setattr("fans.connections.nudges.services.taking.due_for", lambda *_: None)


def run(day, hour=9):
    with on(day, hour):
        return send_due(at(day, hour))


def mails():
    names = dict(Person.objects.values_list("email", "name"))
    return [(names[letter.to[0]], letter.subject) for letter in mail.outbox]


def bodies():
    return " ".join(letter.body for letter in mail.outbox)


def test_tells_the_team_of_each_stage_once(waves, manager):
    days = [TUESDAY + n * DAY for n in range(40)]
    for day in days:
        run(day)

    assert [subject for name, subject in mails() if name == "Mo"] == [
        "Month 3 of Larkfield House opens soon",
        "Month 3 of Larkfield House is open",
        "Month 3 of Larkfield House still lacks something",
        "Month 3 of Larkfield House closes soon",
    ]


def test_tells_of_a_close_and_then_no_more(waves, manager, facilitator):
    run(dt.date(2026, 8, 1))
    with on(dt.date(2026, 8, 10), 15):
        close_wave(wave=waves[1], by=facilitator)
    for n in range(30):
        run(dt.date(2026, 8, 11) + n * DAY)

    told = [subject for name, subject in mails() if name == "Mo"]
    assert told[1:] == ["Month 3 of Larkfield House is closed"]
    assert "Fay closed month 3 on 10 August 2026 at 15:00." in bodies()


def test_runs_twice_and_tells_once(waves, manager):
    assert run(TUESDAY, 9) == 1
    assert run(TUESDAY, 10) == 0
    assert run(TUESDAY + DAY) == 0


def test_tells_the_next_day_whom_another_mail_had_come_first(waves, manager):
    Mailing.objects.create(person=manager, day=TUESDAY, due_on=TUESDAY, things_count=3)

    assert run(TUESDAY) == 0
    assert run(TUESDAY + DAY) == 1
    assert Mailing.objects.filter(person=manager).count() == 2


def test_writes_within_the_operators_hours(waves, manager):
    assert run(TUESDAY, 6) == 0
    assert run(TUESDAY, 19) == 0


def test_says_what_is_missing_and_nothing_at_half_time_where_nothing_is(waves, home, manager):
    half = dt.date(2026, 8, 16)
    wave = waves[1]
    factories.TallyFactory(home=home, month=dt.date(2026, 8, 1))
    tie = factories.PartnershipFactory(home=home)
    for source, day in (("recall", dt.date(2026, 8, 10)), ("log", dt.date(2026, 6, 1))):
        factories.ConnectionFactory(partnership=tie, source=source, happened_on=day)
    with on(half, 8):
        for group, times in (("residents", 3), ("relatives", 2), ("staff", 3), ("manager", 1)):
            for _ in range(times):
                submit_assessment(wave=wave, group=group, answers={"G1": 2}, by=None)
    run(half)
    assert "- Relatives and friends: Fewer than 3 answers." in bodies()
    assert "People who live here" not in bodies()

    mail.outbox.clear()
    Told.objects.all().delete()
    with on(half + DAY, 8):
        submit_assessment(wave=wave, group="relatives", answers={"G1": 2}, by=None)
    assert run(half + DAY) == 0


def test_sends_facilitators_one_digest_a_week_of_all_homes(cohort, waves, facilitator):
    for name in ("Mossfield", "Damson Court"):
        other = factories.EnrolmentFactory(
            cohort=cohort,
            home=factories.HomeFactory(name=name),
            starts_on=dt.date(2026, 5, 1),
            place=len(name),
        )
        plan_waves(enrolment=other)
    for n in range(10):  # Tuesday to the Thursday after
        run(TUESDAY + n * DAY)

    assert mails() == [("Fay", "This week’s months of your homes")] * 2
    first = mail.outbox[0].body
    for name in ("Larkfield House", "Mossfield", "Damson Court"):
        assert f"{cohort}, {name}" in first


def test_one_persons_trouble_is_not_everybodys(waves, manager, coordinator, monkeypatch):
    def refuse(person, *rest, **more):
        if person == manager:
            raise RuntimeError("no paper")
        return send_mail(person, *rest, **more)

    send_mail = reminding._mail
    monkeypatch.setattr(reminding, "_mail", refuse)

    assert run(TUESDAY) == 1
    assert not Told.objects.filter(person=manager).exists()


def test_mails_by_the_hour(waves, manager, monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)  # the test's own
    with on(TUESDAY, 9):
        tasks.mail_now(0)

    assert Told.objects.count() == 1


# --- asked for by a facilitator -----------------------------------------------------------


AUGUST = dt.date(2026, 8, 10)


def test_a_facilitator_has_the_team_reminded(waves, manager, coordinator, facilitator):
    with on(AUGUST):
        assert remind(wave=waves[1], by=facilitator) == 2

    asked = Asking.objects.get()
    assert (asked.by, asked.mails_count) == (facilitator, 2)
    assert "Fay asks you to look at month 3 of Larkfield House." in bodies()
    assert "- The month’s tally: July 2026 is not counted yet. About 3 minutes." in bodies()


def test_a_home_is_not_reminded_twice_in_five_days(waves, manager, facilitator, second):
    with on(AUGUST, 12):
        remind(wave=waves[1], by=facilitator)
    with (
        on(AUGUST + 4 * DAY, 12),
        pytest.raises(RemindedLatelyError, match="reminded on 10 August 2026 at 12:00"),
    ):
        remind(wave=waves[1], by=second)
    with on(AUGUST + 5 * DAY, 12, 1):
        assert remind(wave=waves[1], by=second) == 1


def test_whoever_had_a_mail_today_gets_no_second(waves, manager, facilitator):
    Mailing.objects.create(person=manager, day=AUGUST, due_on=AUGUST, things_count=1)

    with on(AUGUST), pytest.raises(RemindedLatelyError, match="Ring them"):
        remind(wave=waves[1], by=facilitator)

    assert not Asking.objects.exists()
    assert not mail.outbox


def test_nobody_is_reminded_of_what_is_not_open(waves, manager, facilitator):
    with on(dt.date(2026, 5, 20)):
        with pytest.raises(WindowError, match="it opens on 1 August 2026"):
            remind(wave=waves[1], by=facilitator)
        close_wave(wave=waves[0], by=facilitator)
        with pytest.raises(WaveClosedError, match="Fay closed month 0"):
            remind(wave=Wave.objects.get(pk=waves[0].pk), by=facilitator)


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("waves_told_stage_known", {"stage": "later"}),
        ("waves_told_once", {"stage": "open"}),
        ("waves_told_digest_once_a_day", {"stage": "digest"}),
    ],
)
def test_the_book_refuses_what_cannot_be(wave, manager, name, make):
    if name != "waves_told_stage_known":
        Told.objects.create(wave=wave, person=manager, on=AUGUST, **make)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Told.objects.create(wave=wave, person=manager, on=AUGUST, **make)


def test_the_book_holds_no_asking_that_reached_nobody(wave):
    with pytest.raises(IntegrityError, match="waves_asking_reached"), transaction.atomic():
        Asking.objects.create(wave=wave, mails_count=0)
