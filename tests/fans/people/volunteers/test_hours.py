"""Hours: logged in quarters, summed by month, taken back for ten minutes."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from fans.people.volunteers.errors import AlreadyLoggedError, NotYetError, TooLateError
from fans.people.volunteers.models import HoursEntry, Stage, Volunteer
from fans.people.volunteers.reports import hours_by_month
from fans.people.volunteers.services.hours import log_hours, undo_hours
from fans.people.volunteers.templatetags.volunteer_tags import hours
from tests import factories
from tests.factories import NORWICH
from tests.fans.people.volunteers.offers import text

PAGE = "/volunteer/me/hours/"
DAY = dt.date(2026, 11, 3)


@pytest.fixture
def vera(client, db) -> Volunteer:
    """Vera is active in Sale and signed in."""
    volunteer = factories.active_volunteer(travel_m=3219)
    client.force_login(volunteer.person)
    return volunteer


def _said(**more):
    return {"day": timezone.localdate().isoformat(), "minutes": "90", "what": "visit", **more}


def test_a_visit_is_logged_and_said_back(client, vera, home):
    Volunteer.objects.update(last_heard_on=dt.date(2026, 1, 1))

    page = text(client.post(PAGE, _said(home=home.pk, note="Tulips"), follow=True))

    entry = HoursEntry.objects.get()
    vera.refresh_from_db()
    assert (entry.minutes, entry.home, entry.people_count, entry.note) == (
        90,
        home,
        1,
        "Tulips",
    )
    assert vera.last_heard_on == timezone.localdate()
    assert "Saved: 1 hour 30 minutes." in page
    assert reverse("volunteers:undo_hours", args=[entry.pk]) in page


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"minutes": "20"}, "Choose one of these."),
        ({"minutes": "735"}, "Choose one of these."),
        ({"what": "cleaning"}, "Choose one of these."),
        ({"day": "2999-01-01"}, "This day is still to come."),
        ({"day": "2020-01-01"}, "Is the year right?"),
        ({"day": "soon"}, "Enter a valid date."),
        ({"home": "999999"}, "Choose one of these homes."),
        ({"note": "Saw Mrs Ellis"}, "Keep it as it is"),
    ],
)
def test_what_does_not_hold_is_named_and_not_kept(client, vera, said, words):
    response = client.post(PAGE, _said(**said))

    assert response.status_code == 422
    assert words in text(response)
    assert not HoursEntry.objects.exists()


def test_only_homes_within_reach_or_known_are_offered(client, vera, home):
    far = factories.HomeFactory(name="Elmbank", location=NORWICH)
    before = text(client.get(PAGE))
    log_hours(volunteer=vera, day=DAY, minutes=60, what="visit", home=far)
    after = text(client.get(PAGE))

    assert "Larkfield House</option>" in before
    assert "Elmbank</option>" not in before
    assert "Elmbank</option>" in after


def test_each_of_a_group_counts(client, vera):
    Volunteer.objects.update(kind="group", group_name="Sale Sings", group_people_count=12)

    client.post(PAGE, _said(people_count="10"))

    assert [month.minutes for month in hours_by_month(vera)] == [900]


def test_somebody_alone_counts_once_whatever_is_sent(client, vera):
    client.post(PAGE, _said(people_count="10"))

    assert HoursEntry.objects.get().people_count == 1


def test_sums_are_by_month_the_latest_first_without_what_was_taken_back(vera):
    for day, minutes in ((DAY, 60), (DAY, 45), (dt.date(2026, 10, 31), 30)):
        entry = log_hours(volunteer=vera, day=day, minutes=minutes, what="visit")
    gone = log_hours(volunteer=vera, day=DAY, minutes=480, what="help")
    undo_hours(entry=gone)

    assert entry.minutes == 30
    assert [(m.first_day, m.minutes) for m in hours_by_month(vera)] == [
        (dt.date(2026, 11, 1), 105),
        (dt.date(2026, 10, 1), 30),
    ]


def test_a_second_press_of_the_button_is_not_a_second_visit(vera):
    log_hours(volunteer=vera, day=DAY, minutes=60, what="visit")

    with pytest.raises(AlreadyLoggedError):
        log_hours(volunteer=vera, day=DAY, minutes=60, what="visit")
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=21)):
        log_hours(volunteer=vera, day=DAY, minutes=60, what="visit")
    assert HoursEntry.objects.count() == 2


def test_an_entry_is_taken_back_within_ten_minutes_and_not_later(client, vera):
    first = log_hours(volunteer=vera, day=DAY, minutes=60, what="visit")
    page = text(client.post(reverse("volunteers:undo_hours", args=[first.pk]), follow=True))
    second = log_hours(volunteer=vera, day=DAY, minutes=75, what="visit")
    late = timezone.now() + dt.timedelta(minutes=10, seconds=1)
    with time_machine.travel(late), pytest.raises(TooLateError):
        undo_hours(entry=second)

    assert "Taken back." in page
    assert [month.minutes for month in hours_by_month(vera)] == [75]


def test_another_volunteers_entry_answers_as_if_it_did_not_exist(client, vera):
    other = log_hours(volunteer=factories.active_volunteer(), day=DAY, minutes=60, what="visit")
    url = reverse("volunteers:undo_hours", args=[other.pk])
    missing = reverse("volunteers:undo_hours", args=[2**70])

    assert client.post(url).status_code == client.post(missing).status_code == 404
    other.refresh_from_db()
    assert other.undone_at is None


def test_before_being_shown_round_training_counts_and_visits_do_not(db):
    new = factories.VolunteerFactory(stage=Stage.MET)

    with pytest.raises(NotYetError):
        log_hours(volunteer=new, day=DAY, minutes=60, what="visit")
    assert log_hours(volunteer=new, day=DAY, minutes=60, what="training").minutes == 60


def test_after_leaving_nothing_is_logged(vera):
    gone = factories.VolunteerFactory(stage=Stage.LEFT)

    with pytest.raises(NotYetError):
        log_hours(volunteer=gone, day=DAY, minutes=60, what="training")


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 minutes"), (45, "45 minutes"), (60, "1 hour"), (135, "2 hours 15 minutes")],
)
def test_minutes_are_said_as_people_say_them(minutes, words):
    assert hours(minutes) == words


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"minutes": 4}, "a_day_at_most"),
        ({"minutes": 961}, "a_day_at_most"),
        ({"people_count": 0}, "hoursentry_people"),
        ({"people_count": 201}, "hoursentry_people"),
        ({"what": "party"}, "what_known"),
        ({"volunteer": None, "note": "Tulips"}, "erased_bare"),
    ],
)
def test_the_database_refuses_an_entry_that_cannot_be(vera, changes, name):
    log_hours(volunteer=vera, day=DAY, minutes=60, what="visit")

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        HoursEntry.objects.update(**changes)
