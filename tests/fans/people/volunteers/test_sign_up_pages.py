"""Signing up as people see it: four steps, a mail, a press. No scripts needed."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from fans.people import services
from fans.people.consent.services import holds
from fans.people.models import Person
from fans.people.volunteers.models import Application, Guardian, Stage, Volunteer
from geo.models import PostcodeCell
from tests import factories
from tests.factories import SALE

PAGE = "/volunteer/"
AMRIT = "amrit@example.org"
WHO = {"age_band": "18+", "kind": "alone"}
LIKES = {
    "interests": ["chat", "gardening"],
    "languages": ["en", "pa"],
    "times": ["tue-am", "sat-pm"],
    "postcode": "M33 2DH",
    "travel_m": "3219",
}
REACH = {"name": "Amrit", "email": AMRIT}
YES = {"volunteer_profile": "on"}
ADULT = {
    "adult_name": "Jo Bell",
    "adult_relation": "parent",
    "adult_email": "jo@example.org",
}


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    cache.clear()


@pytest.fixture(autouse=True)
def _cells(db):
    """Sale's district and one sector, large enough to be told."""
    for code, kind in (("M33", "outcode"), ("M33 2", "sector")):
        PostcodeCell.objects.create(code=code, kind=kind, location=SALE, postcodes_count=100)


def _send(client, **said):
    """Send the last step with all that was said before, as its hidden fields do."""
    return client.post(PAGE, {"step": "4", **WHO, **LIKES, **REACH, **YES, **said})


def _link(to: str = AMRIT) -> str:
    written = [one for one in mail.outbox if one.to == [to]]
    return re.search(r"https?://[^/\s]+(/volunteer/\S+)", written[-1].body)[1]


def _confirm(client, to: str = AMRIT):
    client.get(_link(to), follow=True)
    return client.post(reverse("volunteers:confirm"), follow=True)


def _text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_an_adult_signs_up_step_by_step_and_answers_come_along(client):
    first = client.post(PAGE, {"step": "1", **WHO})
    second = client.post(PAGE, {"step": "2", **WHO, **LIKES})
    third = client.post(PAGE, {"step": "3", **WHO, **LIKES, **REACH})

    assert "What would you enjoy?" in _text(first)
    assert '<input type="hidden" name="interests" value="gardening">' in _text(second)
    assert "Around M33 2; 2 miles" in _text(third)
    assert "A chat and a cup of tea, Gardening" in _text(third)
    assert not Application.objects.exists()


def test_going_back_keeps_what_was_said(client):
    said = {"step": "3", "go": "back", **WHO, **LIKES, "name": "Amrit", "email": "half"}

    page = _text(client.post(PAGE, said))

    assert "Step 2 of 4" in page
    assert re.search(r'value="gardening"[^>]*checked', page)
    assert 'value="M33 2DH"' in page
    assert '<input type="hidden" name="email" value="half">' in page


def test_the_link_in_the_mail_makes_an_adult_a_volunteer(client):
    sent = _send(client)
    welcome = _confirm(client)

    volunteer = Volunteer.objects.get()
    assert sent["Location"] == reverse("volunteers:sent")
    assert "Thank you, Amrit!" in _text(welcome)
    assert (volunteer.person.email, volunteer.person.name) == (AMRIT, "Amrit")
    assert volunteer.stage == Stage.APPLIED
    assert volunteer.events.get().by == volunteer.person
    assert (volunteer.cell, volunteer.travel_m) == ("M33 2", 3219)
    assert volunteer.interests == ["chat", "gardening"]
    assert holds(volunteer.person, "volunteer_profile")
    assert not holds(volunteer.person, "name_to_homes")
    assert "_auth_user_id" not in client.session
    assert Application.objects.get().answers == {}


def test_the_postcode_is_kept_nowhere(client):
    _send(client)

    assert "2DH" not in str(Application.objects.values().get())
    assert all("2DH" not in one.body for one in mail.outbox)
