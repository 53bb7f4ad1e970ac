"""A home and a volunteer at phone width: one asks, one says yes, visits begin and rest."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from fans.connections.matches.models import Match
from tests import factories
from tests.browser.conftest import PHONE
from tests.factories import SALE, metres_east

PICTURES = os.environ.get("FANS_PICTURES")  # a folder, to look at what a person sees


@pytest.fixture
def look(no_barriers):
    """Look over a page as it stands: no barriers, nothing wider than the window."""

    def over(page, name: str) -> None:
        no_barriers(page)
        page.set_viewport_size({"width": 320, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
        page.set_viewport_size(PHONE)
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"match-{name}.png", full_page=True)

    return over


@pytest.fixture
def two(transactional_db):
    home = factories.HomeFactory(name="Larkfield", location=metres_east(SALE, 500), beds=20)
    volunteer = factories.active_volunteer(interests=["music"], travel_m=3219)
    coordinator = factories.member("coordinator", home=home, name="Cora Coe")
    return home, volunteer, coordinator


@pytest.fixture
def open_as(open_browser, live_server):
    """Open a window in which somebody is signed in already."""

    def window(person):
        client, page = Client(), open_browser()
        client.force_login(person)
        name = settings.SESSION_COOKIE_NAME
        value = client.cookies[name].value
        page.context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
        return page

    return window


def test_both_sides_say_yes_and_either_lets_it_rest(open_as, live_server, two, look):
    home, volunteer, coordinator = two
    ours, theirs = open_as(coordinator), open_as(volunteer.person)
    ours.goto(f"{live_server.url}/homes/{home.pk}/volunteers/")
    look(ours, "1-home")
    expect(ours.get_by_text("Vera")).to_have_count(0)
    ours.get_by_role("button", name="We would like to meet them").click()
    expect(ours.get_by_role("heading", name="Asked: waiting for the volunteer")).to_be_visible()

    theirs.goto(f"{live_server.url}/volunteer/me/homes/")
    theirs.locator("summary", has_text="No, or not now").click()
    look(theirs, "2-asked")
    theirs.get_by_role("button", name="Yes, I would").click()
    expect(theirs.get_by_text("You both said yes.")).to_be_visible()

    ours.reload()
    ours.get_by_role("link", name="A volunteer, less than 1 km away").click()
    ours.get_by_label("The whole team knows who comes").check()
    ours.get_by_role("button", name="Save this list").click()
    ours.get_by_role("button", name="The visits have begun").click()
    look(ours, "3-live")
    ours.get_by_role("button", name="Undo").click()
    expect(ours.get_by_text("Taken back.")).to_be_visible()
    ours.get_by_role("button", name="The visits have begun").click()

    theirs.reload()
    theirs.get_by_role("button", name="Let it rest").click()
    expect(theirs.get_by_text("Resting", exact=True)).to_be_visible()
    match = Match.objects.get()
    assert (match.status, match.rested_side) == ("resting", "volunteer")
    assert match.ready_ticks.get().item == "team-knows"
