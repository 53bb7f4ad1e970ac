"""A volunteer lead at phone width: from an offer to active, a pause, and leaving."""

import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from fans.people.services import confirm_address
from fans.people.volunteers.models import Volunteer
from tests import factories
from tests.browser.conftest import PHONE

PICTURES = os.environ.get("FANS_PICTURES")  # a folder, to look at what a person sees


@pytest.fixture
def look(no_barriers):
    """Look over a page as it stands: no barriers, nothing wider than the window."""

    def over(page, name: str) -> None:
        no_barriers(page)
        for width in (390, 320):
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        page.set_viewport_size(PHONE)
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"lead-{name}.png", full_page=True)

    return over


@pytest.fixture
def lead(transactional_db):
    area = factories.AreaFactory(name="Sale")
    lead = factories.member("volunteer_lead", area=area, name="Lea Marsh")
    confirm_address(person=lead)
    return lead


def _stage() -> str:
    return Volunteer.objects.get().stage


def test_a_lead_takes_somebody_from_an_offer_to_active(phone, lead, look, sign_in):
    factories.VolunteerFactory(
        person__name="Amrit Gill", phone="0161 496 0701", interests=["chat", "gardening"]
    )
    sign_in(phone, lead)
    expect(phone.get_by_role("heading", name="Volunteers in Sale")).to_be_visible()
    look(phone, "1-today")
    phone.get_by_role("link", name="To meet").click()
    look(phone, "2-list")
    phone.get_by_role("link", name="Amrit Gill").click()
    look(phone, "3-applied")

    phone.get_by_role("button", name="On to “Met”").click()
    expect(phone.get_by_text("Choose first what they would do.")).to_be_visible()
    phone.get_by_label("Visitor").check()
    phone.get_by_role("button", name="Save the role").click()
    for number, name in enumerate(("Mrs Bell", "Mr Ali"), start=1):
        phone.get_by_label("Whom do you ask?").fill(name)
        phone.get_by_role("button", name="Note that you asked").click()
        phone.get_by_role("button", name=f"Speaks for them ({name})").click()
        expect(phone.get_by_text(f"{number} of 2 speak for them.")).to_be_visible()
        expect(phone.get_by_text(name)).to_have_count(0)
    phone.get_by_role("button", name="On to “References”").click()
    look(phone, "4-references")

    phone.get_by_role("link", name="Which check does the role need?").click()
    phone.get_by_role("button", name="Suggest a level").click()
    expect(phone.get_by_role("heading", name="Suggestion: enhanced check")).to_be_visible()
    look(phone, "5-check")
    phone.get_by_role("button", name="Save which check").click()
    phone.get_by_label("Suitable", exact=True).check()
    look(phone, "6-decide")
    phone.get_by_role("button", name="Save the decision").click()
    expect(phone.get_by_text("Homes see only that.")).to_be_visible()
    phone.get_by_role("button", name="On to “Check decided”").click()

    for words in ("Has read what the role is", "Was shown round", "Knows whom to tell"):
        phone.get_by_label(words).check()
    phone.get_by_label("Knows what stays between us").check()
    phone.get_by_label("living with dementia").check()
    phone.get_by_role("button", name="Save the list").click()
    phone.get_by_role("button", name="On to “Shown round”").click()
    phone.get_by_role("button", name="On to “Active”").click()

    expect(phone.get_by_text("Amrit Gill: active.")).to_be_visible()
    look(phone, "7-active")
    assert _stage() == "active"


def test_a_lead_pauses_somebody_at_once_and_ends_it(phone, lead, look, sign_in):
    factories.active_volunteer(person__name="Amrit Gill")
    sign_in(phone, lead)
    phone.goto(reverse("volunteers:list"))
    phone.get_by_role("link", name="Amrit Gill").click()

    phone.get_by_role("button", name="Pause at once").click()
    expect(phone.get_by_text("only a lead ends it")).to_be_visible()
    look(phone, "8-paused")
    assert _stage() == "resting"
    phone.get_by_role("button", name="Back to “Active”").click()
    assert _stage() == "active"
    phone.get_by_role("button", name="They have left").click()
    expect(phone.get_by_text("They have left.", exact=False).first).to_be_visible()
    assert _stage() == "left"


def test_the_roles_are_read_on_a_phone_and_printed(phone, look, transactional_db):
    phone.goto(reverse("volunteers:roles"))
    look(phone, "9-roles")
    phone.get_by_role("link", name="Visitor").click()
    expect(phone.get_by_role("heading", name="What you never do")).to_be_visible()
    look(phone, "10-role")
    phone.emulate_media(media="print")
    expect(phone.get_by_text("This page prints on its own", exact=False)).to_be_hidden()
