"""A place is asked by mail and answers; then it claims its entry, and keeps it right."""

import os
import re
from pathlib import Path

import pytest
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import expect

from assets.models import FactCheck
from fans.people import services
from fans.people.models import Membership
from fans.people.partners.models import Answer, Question
from fans.people.partners.services.asking import ask_tonight
from tests import factories
from tests.browser.conftest import PHONE

PICTURES = os.environ.get("FANS_PICTURES")  # a folder, to look at what a person sees


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    cache.clear()


@pytest.fixture
def champion(transactional_db):
    person = factories.member("champion", area=factories.AreaFactory(), name="Priya Osei")
    services.confirm_address(person=person)
    return person


@pytest.fixture
def club(champion):
    """A club with an address that nobody has approved yet; nobody has checked anything."""
    return factories.AssetFactory(
        name="Sale Bowls Club",
        email="club@example.org",
        phone="0161 496 0111",
        address="1 The Green",
        source="osm",
        source_ref="node/1",
    )


@pytest.fixture
def look(no_barriers):
    """Look over a page as it stands: no barriers, nothing wider than the window."""

    def over(page, name: str) -> None:
        no_barriers(page)
        for width in (1280, 390, 320):
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            if PICTURES:
                page.screenshot(path=Path(PICTURES) / f"{name}.{width}.png", full_page=True)
        page.set_viewport_size(PHONE)

    return over


def _link(pattern: str) -> str:
    return re.search(rf"https?://[^/\s]+({pattern}\S+)", mail.outbox[-1].body)[1]


def test_a_place_answers_by_mail_then_claims_its_entry_and_keeps_it(
    club, champion, open_browser, sign_in, look
):
    # A champion approves the address that came with an import.
    desk = open_browser(PHONE)
    sign_in(desk, champion)
    desk.goto(f"/places/{club.pk}/")
    desk.get_by_role("link", name="Approve the address").click()
    desk.get_by_role("button", name="Approve this address").click()
    expect(desk.get_by_text("Approved by Priya Osei")).to_be_visible()

    # The place is asked, and says that it is right.
    assert ask_tonight().mails == 1
    place = open_browser(PHONE)
    place.goto(_link("/places/answer/edit/"))
    place.goto(_link("/places/answer/gone/"))
    place.goto(_link("/places/answer/right/"))
    look(place, "right")
    place.get_by_role("button", name="Yes, this is right").click()
    expect(place.get_by_text("Noted as right today")).to_be_visible()
    assert FactCheck.objects.filter(asset=club).count() == 3
    assert Question.objects.get().answer == Answer.RIGHT
    place.goto(_link("/places/answer/right/"))
    expect(place.get_by_role("heading", name="does not work any more")).to_be_visible()

    # It claims its entry: the link goes to its own address.
    place.goto(f"/places/{club.pk}/")
    place.get_by_role("link", name="This is ours").click()
    place.get_by_label("Your name").fill("Dele")
    place.get_by_label("What do you do there?").fill("warden")
    with place.expect_navigation():
        place.get_by_role("button", name="This is ours").click()
    desk.goto("/places/word/")
    expect(desk.get_by_text("Dele", exact=True)).to_be_visible()
    look(desk, "word")
    place.goto(_link("/places/claim/"))
    place.get_by_role("button", name="Yes, and open the account").click()
    place.get_by_label("Your name").fill("Dele")
    place.get_by_role("button", name="Yes, I take part").click()
    place.wait_for_url("**/today/")
    assert Membership.objects.get(role="partner").asset == club

    # From then on it keeps the entry itself.
    place.get_by_role("link", name="Look after it").click()
    look(place, "keep")
    place.get_by_label("What could you give?").fill("A green on Tuesdays")
    place.get_by_role("button", name="Save").click()
    expect(place.get_by_text("Homes nearby see it at once")).to_be_visible()
    place.goto(f"/places/{club.pk}/")
    expect(place.get_by_text("Kept right by the place itself")).to_be_visible()
    expect(place.get_by_text("A green on Tuesdays")).to_be_visible()
