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
    with phone.expect_navigation():
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


def _confirm(page, to: str) -> None:
    page.goto(_link(to))
    page.locator("main form button[type=submit]").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def test_a_sixteen_year_old_comes_with_a_mothers_yes_that_she_can_take_back(
    phone, open_browser, look, lead
):
    _who(phone, "16 or 17")
    _carry_on(phone)
    _likes(phone, "M33")
    _carry_on(phone)
    expect(phone.get_by_label("A telephone number")).to_have_count(0)
    look(phone, "young-3-reach")
    phone.get_by_label("Your first name").fill("Zoe")
    phone.locator("[name=email]").fill("zoe@example.org")
    phone.get_by_label("The name of your parent").fill("Jo Bell")
    phone.get_by_label("Parent or carer", exact=True).check()
    phone.get_by_label("Their e-mail").fill("jo@example.org")
    _carry_on(phone)
    phone.locator("[name=volunteer_profile]").check()
    phone.get_by_role("button", name="Send my offer").click()
    _confirm(phone, "zoe@example.org")
    expect(phone.get_by_text("We have written to Jo Bell.")).to_be_visible()
    _sign_in_by_code(phone, "zoe@example.org")
    expect(phone.get_by_text("Waits for Jo Bell")).to_be_visible()
    look(phone, "young-8-waits")

    mother = open_browser(PHONE)
    mother.goto(_link("jo@example.org"))
    expect(mother.get_by_role("heading", name="Zoe asks for your yes")).to_be_visible()
    expect(mother.get_by_text("Never alone.")).to_be_visible()
    look(mother, "adult-1-asked")
    mother.get_by_role("button", name="Yes, I agree").click()
    expect(mother.get_by_text("Thank you. Zoe may volunteer.")).to_be_visible()
    look(mother, "adult-2-yes")
    zoe = Volunteer.objects.get()
    assert (zoe.cell, zoe.phone) == ("M33", "")

    _induct(zoe, lead, "young")
    phone.goto(reverse("volunteers:hours"))
    phone.get_by_label("A visit").check()
    phone.get_by_role("button", name="Save these hours").click()
    expect(phone.get_by_text("Saved: 1 hour.")).to_be_visible()

    mother.goto(_link("jo@example.org"))
    mother.get_by_role("button", name="Take my yes back").click()
    expect(mother.get_by_text("Zoe rests from now on.")).to_be_visible()
    phone.goto(reverse("volunteers:me"))
    expect(phone.get_by_role("heading", name="you are resting")).to_be_visible()
    phone.get_by_role("button", name="I am back").click()
    expect(phone.get_by_text("has to say yes").first).to_be_visible()
    assert Volunteer.objects.get().stage == Stage.RESTING
    phone.get_by_role("link", name="Leave").click()
    with phone.expect_navigation():
        phone.get_by_role("button", name="Leave").click()
    assert Volunteer.objects.get().stage == Stage.LEFT


def test_a_group_leader_signs_the_choir_up_and_logs_for_all(phone, look, lead):
    _who(phone, "18 or over", "With a group that I lead")
    look(phone, "group-1-who")
    phone.get_by_label("What is your group called?").fill("Sale Sings")
    phone.get_by_label("How many people would come?").fill("12")
    phone.get_by_label("How many of them are under 18?").fill("3")
    _carry_on(phone)
    _likes(phone, "M33 2DH")
    _carry_on(phone)
    phone.get_by_label("Your first name").fill("Gwen")
    phone.get_by_label("Your e-mail").fill("gwen@example.org")
    phone.get_by_label("What could you offer?").fill("Mrs Jones sings solo")
    _carry_on(phone)
    expect(phone.get_by_text("Keep it as it is").first).to_be_visible()
    look(phone, "group-3-doubt")
    phone.get_by_label("What could you offer?").fill("Songs from the fifties")
    _carry_on(phone)
    phone.locator("[name=volunteer_profile]").check()
    phone.get_by_role("button", name="Send my offer").click()
    _confirm(phone, "gwen@example.org")
    _sign_in_by_code(phone, "gwen@example.org")

    _induct(Volunteer.objects.get(), lead, "group-leader")
    phone.goto(reverse("volunteers:hours"))
    phone.get_by_label("A visit").check()
    phone.get_by_label("How many of you came?").fill("10")
    phone.get_by_role("button", name="Save these hours").click()
    expect(phone.get_by_role("cell", name="10 hours").first).to_be_visible()
    look(phone, "group-10-hours")
    phone.goto(reverse("volunteers:me"))
    phone.get_by_role("button", name="Rest for a while").click()
    expect(phone.get_by_role("heading", name="you are resting")).to_be_visible()
    assert Volunteer.objects.get().stage == Stage.RESTING


def test_an_adult_signs_a_child_up_and_ends_it_by_the_mailed_link(phone, look, lead):
    _who(phone, "Under 16")
    _carry_on(phone)
    expect(phone.get_by_text("Now it is an adult’s turn.")).to_be_visible()
    look(phone, "child-2-likes")
    _likes(phone, "M33")
    _carry_on(phone)
    look(phone, "child-3-reach")
    phone.get_by_label("The child’s first name").fill("Kit")
    phone.get_by_label("Your own name").fill("Ola Reed")
    phone.get_by_label("Teacher or group leader").check()
    phone.get_by_label("Your e-mail").fill("ola@example.org")
    _carry_on(phone)
    phone.locator("[name=young_volunteer]").check()
    phone.get_by_role("button", name="Send my offer").click()
    _confirm(phone, "ola@example.org")
    look(phone, "child-7-welcome")
    kit = Volunteer.objects.get()
    assert (kit.person.email, kit.person.has_usable_password()) == (None, False)

    phone.goto(_link("ola@example.org"))
    look(phone, "child-8-adult")
    phone.get_by_role("button", name="Rest for a while").click()
    expect(phone.get_by_text("Kit rests.")).to_be_visible()
    phone.get_by_role("button", name="Kit is back").click()
    expect(phone.get_by_text("Kit is back.").first).to_be_visible()
    phone.get_by_role("button", name="End it, and delete it all").click()
    expect(phone.get_by_role("heading", name="It is deleted")).to_be_visible()
    look(phone, "child-9-deleted")
    assert not Volunteer.objects.exists()
    assert not type(kit.person).objects.filter(pk=kit.person_id).exists()
