"""Volunteers at phone width: from an offer to hours, a rest and leaving, and the young."""

import os
import re
from pathlib import Path

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from fans.people.volunteers.models import Stage, Volunteer
from fans.people.volunteers.services.pathway import move
from geo.models import PostcodeCell
from tests import factories
from tests.browser.conftest import PHONE
from tests.factories import SALE

PICTURES = os.environ.get("FANS_PICTURES")  # a folder, to look at what a person sees


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    cache.clear()


@pytest.fixture
def lead(transactional_db):
    """Lea looks after volunteers around Sale, where Larkfield House is."""
    for code, kind in (("M33", "outcode"), ("M33 2", "sector")):
        PostcodeCell.objects.create(code=code, kind=kind, location=SALE, postcodes_count=100)
    factories.HomeFactory()
    return factories.member("volunteer_lead", area=factories.AreaFactory(), name="Lea Marsh")


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
            page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)

    return over


def _link(to: str) -> str:
    written = [one for one in mail.outbox if one.to == [to]]
    return re.search(r"https?://[^/\s]+(/volunteer/\S+)", written[-1].body)[1]


def _carry_on(page) -> None:
    page.get_by_role("button", name="Carry on").click()


def _who(page, age: str, kind: str = "By myself") -> None:
    page.goto(reverse("frontend:landing"))
    page.get_by_role("link", name="Become a volunteer").click()
    page.get_by_label(age, exact=True).check()
    page.get_by_label(kind).check()


def _likes(page, postcode: str) -> None:
    page.get_by_label("Gardening").check()
    page.get_by_label("Reading aloud").check()
    page.get_by_label("Tuesday morning").check()
    page.locator("[name=postcode]").fill(postcode)
    page.get_by_label("2 miles").check()


def _sign_in_by_code(page, address: str) -> None:
    page.get_by_role("button", name="Send me a code").click()
    page.wait_for_url("**/login/code/confirm/**")
    written = [one for one in mail.outbox if one.to == [address]]
    code = re.search(r"^\s+(\S+)$", written[-1].body, re.MULTILINE)[1]
    page.locator("[name=code]").fill(code)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(f"**{reverse('volunteers:me')}")


def _induct(volunteer: Volunteer, lead, role: str) -> None:
    """Take a volunteer's steps as their lead, up to having been shown round."""
    volunteer = move(volunteer=volunteer, to=Stage.MET, by=lead)
    Volunteer.objects.filter(pk=volunteer.pk).update(role_slug=role)
    factories.fulfil(Volunteer.objects.get(pk=volunteer.pk))
    stages = [Stage.REFERENCES, Stage.CHECKED, Stage.INDUCTED, Stage.ACTIVE]
    for stage in stages if factories.ROLES[role].references else stages[1:]:
        volunteer = move(volunteer=volunteer, to=stage, by=lead)


def test_an_adult_signs_up_is_inducted_logs_hours_rests_and_leaves(phone, look, lead):
    _who(phone, "18 or over")
    look(phone, "1-who")
    _carry_on(phone)
    look(phone, "2-likes")
    _likes(phone, "M33 2DH")
    _carry_on(phone)
    look(phone, "3-reach")
    phone.get_by_label("Your first name").fill("Amrit")
    phone.get_by_label("Your e-mail").fill("amrit@example.org")
    _carry_on(phone)
    look(phone, "4-yes")
    phone.locator("[name=volunteer_profile]").check()
    phone.get_by_role("button", name="Send my offer").click()
    expect(phone.get_by_role("heading", name="Look in your mail")).to_be_visible()
    look(phone, "5-sent")

    phone.goto(_link("amrit@example.org"))
    look(phone, "6-confirm")
    phone.get_by_role("button", name="Yes, sign me up").click()
    expect(phone.get_by_role("heading", name="Thank you, Amrit!")).to_be_visible()
    expect(phone.get_by_text("Larkfield House")).to_be_visible()
    look(phone, "7-welcome")
    _sign_in_by_code(phone, "amrit@example.org")
    look(phone, "8-applied")

    _induct(Volunteer.objects.get(), lead, "visitor")
    phone.reload()
    expect(phone.get_by_text("Met Lea")).to_be_visible()
    look(phone, "9-active")
    phone.get_by_role("link", name="Log hours").first.click()
    phone.get_by_label("A visit").check()
    phone.locator("[name=minutes]").select_option("90")
    phone.locator("[name=home]").select_option(label="Larkfield House")
    phone.get_by_role("button", name="Save these hours").click()
    expect(phone.get_by_text("Saved: 1 hour 30 minutes.")).to_be_visible()
    look(phone, "10-hours")

    phone.goto(reverse("frontend:today"))
    look(phone, "11-today")
    phone.get_by_role("link", name="See my way").click()
    phone.get_by_role("link", name="Change it").click()
    look(phone, "12-change")
    phone.get_by_label("Music and singing").check()
    phone.get_by_role("button", name="Save").click()
    phone.get_by_role("button", name="Rest for a while").click()
    expect(phone.get_by_role("heading", name="you are resting")).to_be_visible()
    look(phone, "13-resting")
    phone.get_by_role("button", name="I am back").click()
    expect(phone.get_by_text("Welcome back!")).to_be_visible()
    assert Volunteer.objects.get().stage == Stage.ACTIVE

    phone.goto(reverse("consent:mine"))
    phone.locator("form[action*='volunteer_profile/take-back'] button").first.click()
    phone.goto(reverse("volunteers:me"))
    expect(phone.get_by_role("heading", name="you are resting")).to_be_visible()
    phone.get_by_role("link", name="Leave").click()
    look(phone, "14-leave")
    phone.get_by_role("button", name="Leave").click()
    expect(phone.get_by_role("heading", name="You have left")).to_be_visible()
    look(phone, "15-left")
    amrit = Volunteer.objects.get()
    assert amrit.stage == Stage.LEFT
    assert not amrit.person.memberships.on(timezone.localdate()).exists()
    assert amrit.hours.get().minutes == 90
    assert phone.errors == phone.refused == []
