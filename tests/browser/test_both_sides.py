"""A tie of two sides, from the first question until it wakes again after a silence."""

import datetime as dt
import os
import re
from pathlib import Path

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from fans.connections.models import Connection, Partnership, PartnershipStatus
from fans.connections.quick.models import QuickEntry
from fans.connections.wishes.models import Wish
from fans.people import services
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("FANS_PICTURES")  # a folder, to look at what a person sees

CHOIR = "Tuesday Choir"
WISH = "hear a choir again"


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    cache.clear()


@pytest.fixture
def home():
    return factories.HomeFactory(name="Larkfield House", phone="0161 496 0182")


@pytest.fixture
def grace(home):
    grace = factories.member("coordinator", home=home, name="Grace Adeyemi")
    services.confirm_address(person=grace)
    return grace


@pytest.fixture
def look(no_barriers):
    """Look over a page: no barriers, and keep a picture where one is wanted."""

    def over(page: Page, name: str) -> None:
        no_barriers(page)
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)

    return over


def _box(page: Page, words: str):
    return page.locator("label.opt", has_text=re.compile(rf"^\s*{words}\s*$")).first


def _link(pattern: str) -> str:
    return re.search(rf"https?://[^/\s]+({pattern}\S+)", mail.outbox[-1].body)[1]


def _log(page: Page, tie: Partnership, *, days_ago: int) -> None:
    page.goto(f"{reverse('connections:log', args=[tie.home_id])}?tie={tie.pk}")
    if days_ago:
        day = timezone.localdate() - dt.timedelta(days=days_ago)
        _box(page, "Another day").click()
        page.locator("[name=happened_on]").fill(day.isoformat())
    _box(page, "They came").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.", exact=False).first).to_be_visible()


def _sheet_code(page: Page, home) -> str:
    """Make a sheet with a code, and return what its picture holds."""
    page.goto(reverse("quick:codes", args=[home.pk]))
    page.get_by_role("button", name="Make the sheet").click()
    expect(page.get_by_alt_text("Code that opens the form for this home")).to_be_visible()
    kept = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    return next(value for name, value in kept.items() if "quick-sheet" in name)


def test_a_choir_and_a_home_become_neighbours(home, grace, open_browser, sign_in, look):
    desk = open_browser({"width": 390, "height": 844})
    sign_in(desk, grace)

    # Somebody would love to hear a choir again.
    desk.goto(reverse("wishes:peg", args=[home.pk]))
    desk.get_by_label("Someone here would love").fill(WISH)
    desk.get_by_role("button", name="Peg it up").click()
    expect(desk.get_by_text(WISH, exact=False).first).to_be_visible()
    look(desk, "1-wish")

    # Grace knows of one, says yes for the home, and asks it by mail.
    desk.goto(reverse("connections:newcomer", args=[home.pk]))
    desk.get_by_label("A group").first.check()
    desk.get_by_label("What do you call them?").fill(CHOIR)
    desk.locator("[name=category]").select_option("arts_culture")
    desk.get_by_role("button", name="Save").click()
    expect(desk).to_have_url(re.compile(r"/log/\?tie="))
    tie = Partnership.objects.get()
    desk.goto(reverse("ties:tie", args=[tie.pk]))
    desk.get_by_role("button", name="Say yes for the home").click()
    expect(desk.get_by_text("You said yes for the home.")).to_be_visible()
    tie.refresh_from_db()
    assert tie.status != PartnershipStatus.ACTIVE  # one side's word alone
    desk.get_by_role("link", name="Ask them").click()
    desk.get_by_label("e-mail", exact=False).first.click()
    desk.get_by_label("The group’s e-mail address").fill("choir@example.org")
    desk.get_by_label("What do you say or write?").fill("Would you sing with us one Tuesday?")
    look(desk, "2-ask")
    desk.get_by_role("button", name="Ask them").click()
    expect(desk.get_by_text("They can answer by the link", exact=False)).to_be_visible()
    look(desk, "3-asked")

    # The choir answers by the link in the mail, without an account.
    assert mail.outbox[-1].to == ["choir@example.org"]
    choir = open_browser({"width": 390, "height": 844})
    choir.goto(_link("/ties/invited/"))
    assert "/ties/invited/" in choir.url and len(choir.url) < 60  # noqa: PT018 (no token left)
    expect(choir.get_by_text("Would you sing with us one Tuesday?")).to_be_visible()
    assert WISH not in choir.content()
    look(choir, "4-invited")
    choir.get_by_label("Yes, gladly").check()
    choir.get_by_role("button", name="Send our answer").click()
    expect(choir.get_by_text("Larkfield House sees your answer", exact=False)).to_be_visible()
    tie.refresh_from_db()
    assert tie.status == PartnershipStatus.ACTIVE

    # Three visits: two by Grace, one by whoever scans the sheet in the staff room.
    _log(desk, tie, days_ago=14)
    _log(desk, tie, days_ago=7)
    staff = open_browser({"width": 390, "height": 844})
    staff.goto(f"/q/{_sheet_code(desk, home)}/")
    _box(staff, CHOIR).click()
    _box(staff, "Today").click()
    _box(staff, "They came").click()
    look(staff, "5-quick")
    staff.get_by_role("button", name="Send it to the team").click()
    expect(staff.get_by_text("Thank you", exact=False).first).to_be_visible()
    assert Connection.objects.standing().count() == 2
    desk.goto(reverse("quick:waiting", args=[home.pk]))
    look(desk, "6-waiting")
    with desk.expect_navigation():
        desk.get_by_role("button", name="It was so").click()
    assert Connection.objects.standing().count() == 3
    assert QuickEntry.objects.get().connection.partnership == tie

    # The wish came true.
    wish = Wish.objects.get()
    desk.goto(reverse("wishes:wish", args=[wish.pk]))
    desk.get_by_label("What granted it?").select_option(index=1)
    with desk.expect_navigation():
        desk.get_by_role("button", name="It came true").click()
    wish.refresh_from_db()
    assert wish.status == "granted"
    assert wish.connection.partnership == tie

    # They know each other by name now.
    desk.goto(reverse("ties:about", args=[tie.pk]))
    desk.get_by_label("How deep is it?").select_option("3")
    desk.get_by_role("button", name="Save").click()
    expect(desk.get_by_text("Known by name, doing things together").first).to_be_visible()
    expect(desk.get_by_text("Going quiet")).to_have_count(0)
    look(desk, "7-deeper")

    # Once a week was their way; five weeks later nobody has come.
    with time_machine.travel(timezone.now() + dt.timedelta(weeks=5), tick=True):
        desk.context.clear_cookies()
        sign_in(desk, grace)
        desk.goto(reverse("ties:list", args=[home.pk]))
        expect(desk.get_by_text("Going quiet").first).to_be_visible()
        expect(desk.get_by_text("A call would help").first).to_be_visible()
        look(desk, "8-quiet")

        # One visit wakes it.
        _log(desk, tie, days_ago=0)
        desk.goto(reverse("ties:tie", args=[tie.pk]))
        expect(desk.get_by_text("Met 4 times", exact=False).first).to_be_visible()
        expect(desk.get_by_text("Going quiet")).to_have_count(0)
        look(desk, "9-awake")
