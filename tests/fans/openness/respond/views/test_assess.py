"""The signed-in form: those in office answer for themselves, and may come back to it."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from fans.openness.models import Answer, Assessment, Score
from fans.openness.respond.models import Draft
from tests import factories
from tests.factories import NORWICH, box
from tests.fans.openness.respond.conftest import move_wave

DAY = dt.timedelta(days=1)


def page(wave, group=None, **query):
    return reverse(
        "openness:assess", args=[wave.pk], query=({"group": group} if group else {}) | query
    )


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_asks_first_who_the_answers_are_from(client, coordinator, wave):
    for _ in range(2):
        wave.assessments.create(group="staff")
    client.force_login(coordinator)

    said = words(client.get(page(wave)))

    assert "Staff 2 sheets so far" in said
    assert "People who live here None yet" in said


def test_shows_somebody_outside_the_home_no_single_sheets(client, champion, wave):
    wave.assessments.create(group="staff")
    client.force_login(champion)

    assert "Staff Fewer than 3 sheets so far" in words(client.get(page(wave)))


def test_leads_the_sheets_of_others_to_where_they_are_keyed_in(client, coordinator, wave):
    client.force_login(coordinator)

    response = client.get(page(wave, "relatives"))

    assert (
        response["Location"] == reverse("respond:key_in", args=[wave.pk]) + "?group=relatives"
    )


def test_asks_an_office_its_questions_with_five_answers_in_words(client, manager, wave):
    client.force_login(manager)

    text = client.get(page(wave, "manager")).content.decode().partition("</main>")[0]
    welsh = client.get(page(wave, "manager", language="cy")).content.decode()

    assert text.count('type="radio"') == 7 * 6  # D4 F2 G1 G2 G3 G4 H1: five answers, a skip
    assert "How is the work of making ties led?" in text
    assert "How easy and welcome is it to visit here?" not in text
    assert "How is the work of making ties led?" not in welsh


def test_stores_answers_given_in_office_under_the_name_of_its_holder(client, manager, wave):
    client.force_login(manager)

    response = client.post(
        page(wave, "manager"), {"G1": "3", "G2": "0", "how_G1": "Two days a week."}
    )

    assert response["Location"] == page(wave)
    stored = Assessment.objects.get(wave=wave, group="manager")
    assert {a.indicator.code: a.value for a in stored.answers.all()} == {"G1": 3, "G2": 0}
    assert stored.answers.get(indicator__code="G1").how_known == "Two days a week."
    assert (stored.entered_by, stored.way) == (manager, "office")
    assert Score.objects.get(wave=wave).result["indicators"]["G1"]["value"] == 3
    assert "Saved: one answer sheet of manager." in words(client.get(response["Location"]))


def test_stores_a_sheet_that_is_sent_twice_once(client, manager, wave):
    client.force_login(manager)
    sheet = {"G1": "3", "client_uuid": "6b1f7f8e-3b0a-4a53-9a37-0c1d7e5f2a11"}

    for _ in range(2):
        assert client.post(page(wave, "manager"), sheet).status_code == 302

    assert Assessment.objects.filter(wave=wave).count() == 1


@pytest.mark.parametrize(
    ("sheet", "complaint"),
    [
        ({}, "Answer one question at least."),
        ({"G1": ""}, "Answer one question at least."),
        ({"G1": "5"}, "Choose one of the answers, or skip the question."),
        ({"G1": "often"}, "Choose one of the answers, or skip the question."),
        ({"G1": "3", "how_G1": "x" * 301}, "at most 300 characters"),
        ({"G1": "3", "client_uuid": "nonsense"}, "Enter a valid UUID."),
        ({"A3": "3"}, "Answer one question at least."),
        ({"G1": "9", "go": "later"}, "Choose one of the answers, or skip the question."),
    ],
)
def test_refuses_a_sheet_in_words_and_stores_nothing(client, manager, wave, sheet, complaint):
    client.force_login(manager)

    response = client.post(page(wave, "manager"), sheet)

    assert response.status_code == 400
    assert complaint in words(response)
    assert not Answer.objects.exists()
    assert not Draft.objects.exists()


def test_keeps_a_sheet_for_later_and_lets_go_of_it_once_it_is_sent(client, manager, wave):
    client.force_login(manager)
    half = {"G1": "3", "how_G1": "Two days a week.", "go": "later"}

    client.post(page(wave, "manager", language="cy"), half)
    kept = client.get(page(wave, "manager"))

    assert not Assessment.objects.exists()
    assert Draft.objects.get().person == manager
    assert "You have begun a sheet: 1 answered" in words(client.get(page(wave)))
    assert "Here is what you have kept." in words(kept)
    assert kept.context["language"] == "cy"
    assert kept.context["form"]["G1"].value() == 3
    assert kept.context["form"]["how_G1"].value() == "Two days a week."

    client.post(page(wave, "manager"), {"G1": "3", "G2": "4"})
    assert Assessment.objects.get().answers.count() == 2
    assert not Draft.objects.exists()


def test_what_somebody_kept_is_nobody_elses(client, manager, wave, home):
    client.force_login(manager)
    client.post(page(wave, "manager"), {"G1": "3", "go": "later"})
    client.force_login(factories.member("manager", home=home, name="Another"))

    other = client.get(page(wave, "manager"))

    assert "Here is what you have kept." not in words(other)
    assert "You have begun a sheet" not in words(client.get(page(wave)))


@pytest.mark.parametrize("group", ["manager", "facilitator", "cooks"])
def test_takes_answers_given_in_office_from_the_office_holder_alone(
    client, coordinator, wave, group
):
    client.force_login(coordinator)

    for response in (
        client.get(page(wave, group)),
        client.post(page(wave, group), {"G1": "4"}),
    ):
        assert response.status_code == 400
        assert "Group: you cannot enter answers for this group." in words(response)
    assert not Assessment.objects.exists()


def test_takes_no_answers_in_an_office_that_is_held_elsewhere(client, coordinator, wave):
    far = factories.AreaFactory(boundary=box(NORWICH))
    coordinator.memberships.create(role="champion", area=far, from_on=dt.date(2026, 1, 1))
    client.force_login(coordinator)

    assert client.post(page(wave, "champion"), {"H1": "4"}).status_code == 400
    assert not Assessment.objects.exists()


def test_takes_answers_of_the_champion_of_the_homes_area(client, champion, wave):
    client.force_login(champion)

    assert client.post(page(wave, "champion"), {"H1": "4"}).status_code == 302


@pytest.mark.parametrize(("from_today", "until"), [(1, 9), (-60, -40)])
def test_says_when_a_wave_takes_no_answers(client, manager, wave, today, from_today, until):
    move_wave(wave, opens_on=today + from_today * DAY, closes_on=today + until * DAY)
    client.force_login(manager)

    shown = client.get(page(wave, "manager"))
    posted = client.post(page(wave, "manager"), {"G1": "3"})

    assert (shown.status_code, posted.status_code) == (200, 400)
    assert "Answers are taken from" in words(shown)
    assert not Assessment.objects.exists()


def test_says_that_an_answer_comes_late(client, manager, wave, today):
    move_wave(wave, opens_on=today - 20 * DAY, closes_on=today - DAY)
    client.force_login(manager)

    shown = words(client.get(page(wave, "manager")))
    saved = words(client.post(page(wave, "manager"), {"G1": "3"}, follow=True))

    assert "They do not count in the score." in shown
    assert "It came late" in saved
    assert Assessment.objects.get().is_late


def test_takes_answers_from_the_team_facilitator_and_champion_alone(
    client, wave, manager, coordinator, facilitator, champion, researcher, stranger
):
    elsewhere = factories.member("coordinator", home=factories.HomeFactory(), name="Eve")
    may = (manager, coordinator, facilitator, champion)
    for person in (*may, researcher, stranger):
        client.force_login(person)

        assert client.get(page(wave)).status_code == (200 if person in may else 403)
    client.force_login(elsewhere)
    assert client.get(page(wave)).status_code == 404


def test_knows_no_wave_that_is_not_there(client, coordinator):
    client.force_login(coordinator)

    assert client.get(reverse("openness:assess", args=[0])).status_code == 404
