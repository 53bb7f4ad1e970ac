"""Paper sheets and talks keyed in, one after another; a slip is taken back."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from fans.openness.models import Answer, Assessment, Score
from fans.openness.waves.services.closing import close_wave
from tests import factories
from tests.fans.openness.respond.conftest import move_wave

DAY = dt.timedelta(days=1)


def page(wave, group="relatives"):
    return reverse("respond:key_in", args=[wave.pk], query={"group": group} if group else None)


def text(response):
    return response.content.decode()


@pytest.fixture
def sheet(today):
    """What is keyed in of one sheet: the second box, the fifth, and one left out."""

    def keyed(**changes):
        said = {"client_uuid": str(uuid.uuid4()), "talked_on": f"{today - DAY:%Y-%m-%d}"}
        said |= {"way": "paper", "language": "easy", "A3": "2", "D4": "5", "F2": "0"}
        return said | changes

    return keyed


@pytest.fixture
def keyed_in(client, coordinator, wave, sheet):
    """One sheet that Ada has just keyed in."""
    client.force_login(coordinator)
    assert client.post(page(wave), sheet()).status_code == 302
    return Assessment.objects.get()


def take_back(client, stored):
    return client.post(reverse("respond:take_back", args=[stored.client_uuid]), follow=True)


def test_a_sheet_is_kept_with_its_day_its_way_and_who_keyed_it_in(
    keyed_in, wave, coordinator, today
):
    assert (keyed_in.group, keyed_in.way, keyed_in.language) == ("relatives", "paper", "easy")
    assert keyed_in.talked_on == today - DAY
    assert keyed_in.entered_by == coordinator
    assert keyed_in.device == ""
    answers = {a.indicator.code: a.value for a in keyed_in.answers.all()}
    assert answers == {"A3": 1, "D4": 4}  # the boxes are numbered from 1, the steps from 0


def test_the_next_sheet_keeps_the_day_the_way_and_the_words(client, keyed_in, wave, today):
    form = client.get(page(wave)).context["form"]

    assert form["talked_on"].value() == f"{today - DAY:%Y-%m-%d}"
    assert (form["way"].value(), form["language"].value()) == ("paper", "easy")
    assert form["A3"].value() is None
    assert form["client_uuid"].value() != keyed_in.client_uuid


def test_the_same_sheet_sent_twice_is_kept_once(client, coordinator, wave, sheet):
    client.force_login(coordinator)
    same = sheet()

    for _ in range(2):
        assert client.post(page(wave), same).status_code == 302

    assert Assessment.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"A3": "6"}, "Put a number from 1 to 5"),
        ({"A3": "x"}, "Put a number from 1 to 5"),
        ({"A3": "12"}, "Put one number from 1 to 5"),
        ({"talked_on": ""}, "Put the day on the sheet"),
        ({"talked_on": "yesterday"}, "That is not a day."),
        ({"talked_on": "2099-01-01"}, "still to come"),
        ({"talked_on": "2020-01-01"}, "the days of this wave"),
        ({"way": "office"}, "Select a valid choice"),
        ({"language": "fr"}, "Select a valid choice"),
        ({"A3": "", "D4": "-", "F2": ""}, "Every question is left out."),
        ({"how_A3": "Mrs Patel, 943 476 5919"}, "looks like somebody’s name"),
        ({"how_A3": "x" * 301}, "at most 300 characters"),
    ],
)
def test_what_is_wrong_is_told_in_words_and_nothing_is_kept(
    client, coordinator, wave, sheet, changes, words
):
    client.force_login(coordinator)

    response = client.post(page(wave), sheet(**changes))

    assert response.status_code == 422
    assert words in text(response)
    assert not Assessment.objects.exists()


@pytest.mark.parametrize("group", ["manager", "facilitator", "champion", "cooks"])
def test_sheets_of_those_in_office_are_not_keyed_in(client, coordinator, wave, sheet, group):
    client.force_login(coordinator)

    for response in (client.get(page(wave, group)), client.post(page(wave, group), sheet())):
        assert response.status_code == 400
        assert "sheets of this group are not keyed in" in text(response)
    assert not Assessment.objects.exists()


def test_the_team_the_facilitator_and_the_champion_key_in_and_nobody_else(
    client, wave, sheet, manager, coordinator, facilitator, champion, researcher
):
    for person in (manager, coordinator, facilitator, champion):
        client.force_login(person)
        assert client.post(page(wave), sheet()).status_code == 302
    client.force_login(researcher)
    assert client.post(page(wave), sheet()).status_code == 403
    client.force_login(factories.member("coordinator", home=factories.HomeFactory(), name="E"))
    assert client.post(page(wave), sheet()).status_code == 404


def test_a_slip_is_taken_back_with_all_that_history_holds_of_it(client, keyed_in, wave):
    assert Score.objects.get(wave=wave).result["indicators"]["A3"]["value"] == 1

    response = take_back(client, keyed_in)

    assert "Taken back" in text(response)
    assert not Assessment.objects.exists()
    assert not Answer.pgh_event_model.objects.exists()
    assert Score.objects.get(wave=wave).result["indicators"]["A3"]["value"] is None


def test_after_ten_minutes_it_stays(client, keyed_in):
    Assessment.objects.update(submitted_at=timezone.now() - dt.timedelta(minutes=11))

    assert "ten minutes to take this back are over" in text(take_back(client, keyed_in))
    assert Assessment.objects.exists()


def test_a_wave_that_was_closed_keeps_what_it_was_scored_with(
    client, keyed_in, wave, facilitator
):
    close_wave(wave=wave, by=facilitator)

    assert "it stays as it was scored" in text(take_back(client, keyed_in))
    assert Assessment.objects.exists()


def test_only_who_keyed_it_in_takes_it_back(client, keyed_in, manager):
    client.force_login(manager)

    assert take_back(client, keyed_in).status_code == 404
    assert Assessment.objects.exists()


def test_a_sheet_that_comes_late_is_marked_and_can_be_taken_back(
    client, coordinator, wave, sheet, today
):
    move_wave(wave, opens_on=today - 20 * DAY, closes_on=today - 2 * DAY)
    client.force_login(coordinator)

    said = text(client.get(page(wave)))
    client.post(page(wave), sheet(talked_on=f"{today - 3 * DAY:%Y-%m-%d}"))

    assert "They do not count in the score." in said
    late = Assessment.objects.get()
    assert late.is_late
    take_back(client, late)
    assert not Assessment.objects.exists()


def test_a_late_sheet_stays_once_its_addendum_can_be_read(
    client, coordinator, wave, sheet, today
):
    move_wave(wave, opens_on=today - 50 * DAY, closes_on=today - 28 * DAY)
    client.force_login(coordinator)
    client.post(page(wave), sheet(talked_on=f"{today - 30 * DAY:%Y-%m-%d}"))
    late = Assessment.objects.get()
    assert late.is_late

    move_wave(wave, opens_on=today - 51 * DAY, closes_on=today - 29 * DAY)
    take_back(client, late)

    assert Assessment.objects.exists()


@pytest.mark.parametrize(("from_today", "until"), [(1, 9), (-60, -40)])
def test_nothing_is_keyed_in_before_a_wave_or_long_after_it(
    client, coordinator, wave, sheet, today, from_today, until
):
    move_wave(wave, opens_on=today + from_today * DAY, closes_on=today + until * DAY)
    client.force_login(coordinator)

    response = client.post(page(wave), sheet())

    assert response.status_code == 400
    assert "Answers are taken from" in text(response)
    assert not Assessment.objects.exists()
