"""The page that asks another version about a closed wave, and keeps nothing of it."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from fans.openness.instruments.services import draft_from_json, publish_draft
from fans.openness.models import Score
from fans.openness.services import plan_waves, submit_assessment
from fans.openness.waves.services.closing import close_wave
from tests import factories
from tests.fans.openness.instruments.versions import as_file, v2

pytestmark = pytest.mark.django_db

ANSWERS = {"A3": 3, "D4": 1, "F2": 2, "G1": 4, "G2": 0, "G3": 4, "G4": 1, "H1": 3}


@pytest.fixture
def wave(home, cohort):
    """A closed month 0 in which three of the staff answered."""
    enrolment = cohort.enrolments.get(home=home)
    enrolment.starts_on = timezone.localdate() - dt.timedelta(days=5)
    enrolment.save()
    wave = plan_waves(enrolment=enrolment)[0]
    for _ in range(3):
        submit_assessment(wave=wave, group="staff", answers=ANSWERS, by=None)
    close_wave(wave=wave, by=None)
    wave.refresh_from_db()
    return wave


@pytest.fixture
def v2_published():
    draft_from_json(document=as_file(v2()))
    return publish_draft(version="v2")


def get(client, wave, **query):
    response = client.get(reverse("openness:would_say", args=[wave.pk], query=query or None))
    return response, " ".join(response.content.decode().split())


@pytest.mark.usefixtures("v2_published")
def test_the_homes_team_asks_another_version_and_the_score_stays(client, manager, wave):
    before = Score.objects.values().get(wave=wave)
    client.force_login(manager)

    response, page = get(client, wave, version="v2")

    assert response.status_code == 200
    assert "This is a question, not a score." in page
    assert "Month 0 was scored with v1, and stays scored with v1." in page
    # G1 to G4 are 4, 0, 4 and 1; in v2 G3 counts twice.
    assert (
        '<th scope="row">Culture and leadership, of 4</th>'
        '<td data-l="v1, the score">2.3</td><td data-l="v2, if asked">2.6</td>' in page
    )
    assert "H2 Found by newcomers" in page
    assert "Not asked then." in page
    assert "not a sign of it" in page
    assert Score.objects.values().get(wave=wave) == before


def test_there_is_no_other_version_to_ask(client, manager, wave):
    client.force_login(manager)

    assert "There is no other version to ask." in get(client, wave)[1]


@pytest.mark.usefixtures("v2_published")
@pytest.mark.parametrize("version", ["v1", "v7", "<b>", "v2/../v1"])
def test_a_version_that_there_is_not_is_not_found(client, manager, wave, version):
    client.force_login(manager)

    response, page = get(client, wave, version=version)

    assert response.status_code == 404
    assert "Beside each other" not in page


def test_a_draft_is_not_offered_to_a_home(client, manager, wave):
    draft_from_json(document=as_file(v2()))
    client.force_login(manager)

    assert get(client, wave, version="v2")[0].status_code == 404


@pytest.mark.usefixtures("v2_published")
def test_only_who_may_see_the_score_may_ask(client, wave, facilitator, stranger):
    for person in (
        facilitator,
        stranger,
        factories.member("manager", home=factories.HomeFactory()),
    ):
        client.force_login(person)
        assert get(client, wave, version="v2")[0].status_code in (403, 404)


@pytest.mark.usefixtures("v2_published")
def test_the_facilitator_asks_once_the_homes_fortnight_is_over(client, wave, facilitator):
    later = timezone.now() + dt.timedelta(days=15)
    with time_machine.travel(later, tick=False):
        client.force_login(facilitator)
        response, page = get(client, wave, version="v2")

    assert response.status_code == 200
    assert "too few answers to show" in page  # three of the staff, and it takes eight


@pytest.mark.usefixtures("v2_published")
def test_an_open_wave_is_not_asked_about(client, manager, home):
    enrolment = factories.EnrolmentFactory(home=home, starts_on=timezone.localdate())
    wave = plan_waves(enrolment=enrolment)[0]
    submit_assessment(wave=wave, group="staff", answers=ANSWERS, by=None)
    client.force_login(manager)

    assert get(client, wave, version="v2")[0].status_code == 404
