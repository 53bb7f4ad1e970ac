"""A wave from its opening to what others see of it: everybody's part, in a browser."""

import datetime as dt
import os
import re
from pathlib import Path

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from fans.learning.models import Action
from fans.openness import services as openness
from fans.openness.models import Assessment, Wave
from fans.openness.models.wave import REOPEN_WITHIN
from fans.people import services
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("FANS_PICTURES")  # a folder, to look at what a person sees

DESK = {"width": 1280, "height": 900}
TABLET = {"width": 820, "height": 1180}
PHONE = {"width": 390, "height": 844}
QUESTIONS = {"residents": 1, "relatives": 3, "staff": 4}
"""What each group says of welcome: A3."""


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    cache.clear()


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=True) as clock:
        yield clock


@pytest.fixture
def home():
    return factories.HomeFactory(name="Larkfield House", beds=40, phone="0161 496 0182")


@pytest.fixture
def wave(home):
    """Month 3, which is to open in five days."""
    begun = timezone.localdate() - dt.timedelta(days=86)
    enrolment = factories.EnrolmentFactory(home=home, starts_on=begun)
    _, wave, _ = openness.plan_waves(enrolment=enrolment)
    assert wave.opens_on > timezone.localdate()
    return wave


@pytest.fixture
def look(no_barriers):
    """Look over a page: no barriers, and keep a picture where one is wanted."""

    def over(page: Page, name: str) -> None:
        no_barriers(page)
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)

    return over


@pytest.fixture
def desk_of(open_browser, sign_in):
    """Open a desk for somebody who holds a role."""

    def opened(role: str, **scope) -> Page:
        person = factories.member(role, **scope)
        services.confirm_address(person=person)
        desk = open_browser(DESK)
        sign_in(desk, person)
        return desk

    return opened


def _others(wave: Wave, group: str, count: int) -> None:
    for _ in range(count):
        openness.submit_assessment(
            wave=wave, group=group, answers={"A3": QUESTIONS[group]}, by=None
        )


def _code_of(desk: Page, group: str) -> str:
    row = desk.locator(f"#{group}")
    with desk.expect_navigation():
        row.get_by_role("button", name=re.compile("Make a code")).click()
    letters = desk.locator(f"#{group} .code-letters")
    expect(letters).to_be_visible()
    return letters.inner_text().removeprefix("Code:").strip()


def _answer(page: Page, step: int, look, name: str) -> None:
    """Answer the first question, skip the others, look it all over and send it."""
    look(page, f"{name}-question")
    page.locator("label.opt").nth(step).click()
    for _ in range(20):
        with page.expect_navigation():
            page.locator(".nav .btn:not(.quiet)").click()
        if page.url.endswith(reverse("respond:check")):
            break
    look(page, f"{name}-check")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").click()
    expect(page).to_have_url(re.compile(reverse("respond:thanks")))
    look(page, f"{name}-thanks")


def test_a_wave_is_opened_answered_talked_about_closed_and_seen_by_those_it_is_for(
    home, wave, open_browser, desk_of, look, clock
):
    cohort = wave.enrolment.cohort

    # The facilitator opens month 3 before its day.
    moira = desk_of("facilitator", cohort=cohort, name="Moira Hughes")
    moira.goto(reverse("waves:wave", args=[wave.pk]))
    moira.get_by_role("link", name="Open it now").click()
    with moira.expect_navigation():
        moira.get_by_role("button", name="Open month 3").click()
    expect(moira.get_by_role("link", name="Close it now")).to_be_visible()
    look(moira, "1-open")
    wave.refresh_from_db()

    # The coordinator makes codes for those who live there, and for relatives.
    grace = desk_of("coordinator", home=home, name="Grace Adeyemi")
    grace.goto(reverse("respond:codes", args=[wave.pk]))
    for_residents = _code_of(grace, "residents")
    for_relatives = _code_of(grace, "relatives")
    look(grace, "2-codes")

    # A resident answers on the home's tablet, in easy read.
    tablet = open_browser(TABLET)
    tablet.goto(reverse("respond:enter") + "?language=easy")
    tablet.locator("[name=code]").fill(for_residents.lower())
    with tablet.expect_navigation():
        tablet.locator("main form button[type=submit]").click()
    expect(tablet).to_have_url(re.compile(reverse("respond:begin")))
    tablet.get_by_label("Easy read").check()
    tablet.locator("[name=device][value=shared]").check()
    look(tablet, "3-tablet-begin")
    with tablet.expect_navigation():
        tablet.locator("main form button[type=submit]").first.click()
    expect(tablet).to_have_url(re.compile(reverse("respond:question", args=[1])))
    _answer(tablet, QUESTIONS["residents"], look, "3-tablet")

    # A relative answers on a phone, by the address behind the code on the poster.
    phone = open_browser(PHONE)
    phone.goto(reverse("respond:start", args=[for_relatives.replace(" ", "")]))
    expect(phone).to_have_url(re.compile(reverse("respond:begin")))
    assert for_relatives not in phone.url
    phone.locator("[name=device][value=own]").check()
    with phone.expect_navigation():
        phone.locator("main form button[type=submit]").first.click()
    expect(phone).to_have_url(re.compile(reverse("respond:question", args=[1])))
    _answer(phone, QUESTIONS["relatives"], look, "4-phone")
    _others(wave, "residents", 5)
    _others(wave, "relatives", 5)

    # Staff filled in paper; Grace keys it in, with the day of the talk.
    for number in range(3):
        grace.goto(reverse("respond:key_in", args=[wave.pk]) + "?group=staff")
        grace.locator("[name=talked_on]").fill(timezone.localdate().isoformat())
        grace.locator(".keying input").first.fill(str(QUESTIONS["staff"] + 1))
        if number == 0:
            look(grace, "5-key-in")
        with grace.expect_navigation():
            grace.get_by_role("button", name="Save this sheet").click()
    ways = Assessment.objects.filter(wave=wave).values_list("group", "language", "way")
    assert ("residents", "easy", "tablet") in ways
    assert ("relatives", "en", "phone") in ways
    assert [way for group, _, way in ways if group == "staff"] == ["paper"] * 3
    assert not Assessment.objects.filter(wave=wave, group="staff", talked_on=None).exists()
    _others(wave, "staff", 3)

    # A sheet shows once nobody can take it back, and while the wave is open by threes, with
    # three held back: six of each group are there. The home sees the gap between groups,
    # and says what lies behind it.
    clock.shift(REOPEN_WITHIN + dt.timedelta(seconds=5))
    helen = desk_of("manager", home=home, name="Helen Barlow")
    page = reverse("openness:home", args=[home.pk]) + "?wave=3"
    helen.goto(page)
    gap = helen.locator("#differ-A3")
    expect(gap).to_contain_text("People who live here say 1, staff say 4.")
    look(helen, "6-gap")
    gap.get_by_role("link", name="Say what lies behind it").click()
    helen.locator("[name=words]").first.fill("The bell is too high for a wheelchair.")
    with helen.expect_navigation():
        helen.get_by_role("button", name="Put it beside the picture").click()
    expect(helen.get_by_text("The bell is too high").first).to_be_visible()

    # From the gap grows a plan with a step within 48 hours.
    helen.goto(page)
    helen.locator("#differ-A3").get_by_role("link", name=re.compile("Make a plan")).click()
    helen.locator("[name=title]").fill("A door that everybody can open")
    with helen.expect_navigation():
        helen.get_by_role("button", name="Begin", exact=True).click()
    expect(helen.get_by_role("heading", name="A door that everybody can open")).to_be_visible()
    helen.get_by_role("link", name="Plan an action").first.click()
    helen.locator("[name=what]").fill("Put the bell where a wheelchair reaches it")
    helen.locator("[name=first_step]").fill("Ask the handyman")
    helen.locator("[name=owner]").select_option(index=1)
    helen.locator("[name=how_known]").fill("Somebody in a wheelchair rings it")
    look(helen, "7-act")
    with helen.expect_navigation():
        helen.get_by_role("button", name="Plan it").click()
    look(helen, "8-plan")
    action = Action.objects.get()
    assert dt.timedelta() < action.first_due_at - timezone.now() <= dt.timedelta(hours=48)

    # Another home sees nothing of it, before and after.
    other = desk_of(
        "manager", home=factories.HomeFactory(name="Weavers Rest"), name="Sam Poole"
    )
    assert other.goto(page).status == 404

    # The facilitator sees no figure while the month is open; the home closes it.
    moira.goto(page)
    expect(moira.get_by_text("The bell is too high")).to_have_count(0)
    helen.goto(reverse("waves:close", args=[wave.pk]))
    look(helen, "9-close")
    with helen.expect_navigation():
        helen.get_by_role("button", name="Close month 3").click()
    expect(helen.get_by_text("It was a slip").first).to_be_visible()
    wave.refresh_from_db()
    assert wave.closed_by.name == "Helen Barlow"

    # The home has replied: once the close stands, its facilitator sees the picture, and
    # the words beside it.
    moira.goto(page)
    expect(moira.get_by_text("The bell is too high")).to_have_count(0)
    clock.shift(REOPEN_WITHIN + dt.timedelta(seconds=5))
    moira.goto(page)
    expect(moira.get_by_text("The bell is too high").first).to_be_attached()
    look(moira, "10-facilitator")
    assert "say 1" not in moira.content()  # three people are too few outside the home
    moira.goto(reverse("board:cohort", args=[cohort.pk]))
    expect(moira.get_by_text("Larkfield House").first).to_be_visible()
    look(moira, "11-board")

    # The commissioner sees sums over eight homes and more, or nothing; other homes nothing.
    area = factories.AreaFactory(name="Trafford", boundary=factories.box(home.location))
    dev = desk_of("commissioner", area=area, name="Dev Chowdhury")
    dev.goto(reverse("aggregates:area"))
    expect(dev.get_by_text("Fewer than 8 homes")).to_be_visible()
    assert "Larkfield" not in dev.content()
    assert dev.goto(page).status in {403, 404}
    assert other.goto(page).status == 404
    assert other.goto(reverse("waves:wave", args=[wave.pk])).status == 404
