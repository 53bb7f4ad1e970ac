"""A stranger suggests a place and says what is wrong; a champion decides, and undoes it."""

import os
import re
from pathlib import Path

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect

from assets.models import Asset
from assets.proposals import limits
from assets.proposals.models import Proposal
from assets.proposals.services import propose
from geo.models import Postcode
from tests import factories
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_homes import enter
from tests.factories import SALE, metres_east

PICTURES = os.environ.get("FANS_PICTURES")  # a folder, to look at what a person sees


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    cache.clear()
    monkeypatch.setattr(limits, "FASTEST_S", 0.2)  # a browser that is driven is no machine


@pytest.fixture
def kettle(transactional_db):
    Postcode.objects.create(code="M332DH", location=SALE)
    return factories.AssetFactory(
        name="Copper Kettle", category="food_drink", phone="0161 496 0111"
    )


@pytest.fixture
def champion(kettle):
    return factories.member("champion", area=factories.AreaFactory(name="Sale Moor"))


@pytest.fixture
def look(no_barriers):
    """Look over a page as it stands: no barriers, nothing wider than the window."""

    def over(page, name: str) -> None:
        size = page.viewport_size
        no_barriers(page)
        for width in (1280, 390, 320):
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            if PICTURES:
                page.screenshot(path=Path(PICTURES) / f"{name}.{width}.png", full_page=True)
        page.set_viewport_size(size)

    return over


def test_a_stranger_corrects_a_champion_takes_it_and_undoes_it(
    phone, open_browser, live_server, client, kettle, champion, look
):
    phone.goto(kettle.get_absolute_url())
    phone.get_by_role("link", name="Something wrong?").click()
    phone.get_by_label("What is not right?").fill("It rings and rings.")
    phone.get_by_text("Put it right yourself").click()
    phone.get_by_label(re.compile("^Phone")).fill("0161 496 0222")
    look(phone, "change")
    phone.get_by_role("button", name="Send what is not right").click()
    expect(phone.get_by_role("heading", name="Thank you. It waits.")).to_be_visible()
    look(phone, "status")
    link = phone.url
    phone.goto(kettle.get_absolute_url())
    expect(phone.get_by_text("0161 496 0111").first).to_be_visible()

    desk = open_browser(DESKTOP)
    enter(desk, live_server, client, champion)
    desk.goto(reverse("frontend:today"))
    desk.get_by_role("link", name="The one that waits").click()
    look(desk, "queue")
    desk.get_by_role("link", name="Copper Kettle").click()
    look(desk, "correction")
    expect(desk.get_by_label("Take phone")).to_be_checked()
    desk.get_by_role("button", name="Take what is ticked").press("Enter")
    expect(desk.get_by_text("Copper Kettle is put right.")).to_be_visible()

    phone.goto(kettle.get_absolute_url())
    expect(phone.get_by_text("0161 496 0222").first).to_be_visible()
    phone.goto(link)
    expect(phone.get_by_role("heading", name="It was put right")).to_be_visible()

    desk.get_by_role("button", name="Undo").click()
    expect(desk.get_by_text("is as it was before")).to_be_visible()
    phone.goto(kettle.get_absolute_url())
    expect(phone.get_by_text("0161 496 0111").first).to_be_visible()


def test_a_new_place_comes_by_the_map_or_by_words_and_is_put_on_the_map(
    phone, open_browser, live_server, client, kettle, champion, look
):
    phone.goto(reverse("proposals:suggest") + f"?at={SALE.y},{SALE.x},17")
    phone.get_by_label("What is it called?").fill("Timperley Repair Shed")
    phone.locator("label", has_text="Clubs and").click()
    look(phone, "suggest")
    phone.get_by_role("button", name="Send this suggestion").click()
    expect(phone.get_by_role("heading", name="Thank you. It waits.")).to_be_visible()
    assert Proposal.objects.get().location.equals_exact(SALE, 0.001)

    desk = open_browser(DESKTOP)
    enter(desk, live_server, client, champion)
    desk.goto(reverse("proposals:queue"))
    desk.get_by_role("link", name="Timperley Repair Shed").click()
    look(desk, "new")
    desk.get_by_role("button", name="Put it on the map").click()
    expect(desk.get_by_text("Timperley Repair Shed is on the map.")).to_be_visible()
    assert Asset.objects.published().count() == 2


def test_a_moved_point_is_drawn_and_told_in_words(
    desktop, live_server, client, kettle, champion, look
):
    proposal = propose(kind="change", asset=kettle, values={"location": metres_east(SALE, 200)})
    enter(desktop, live_server, client, champion)
    desktop.goto(reverse("proposals:proposal", args=[proposal.pk]))

    expect(desktop.locator("[data-proposal-map][data-state=ready]")).to_be_visible()
    assert desktop.locator("[data-proposal-map] path.leaflet-interactive").count() == 3
    expect(desktop.locator("figcaption")).to_contain_text("200 m to the east")
    look(desktop, "moved")


def test_everything_can_be_suggested_without_scripts(open_browser, kettle):
    page = open_browser(PHONE, java_script_enabled=False)
    page.goto(reverse("proposals:suggest"))
    page.get_by_label("What is it called?").fill("Timperley Repair Shed")
    page.locator("label", has_text="Clubs and").click()
    page.get_by_label(re.compile("Where is it, if you cannot")).fill("behind the mill, M33 2DH")
    page.get_by_role("button", name="Send this suggestion").click()

    expect(page.get_by_role("heading", name="Thank you. It waits.")).to_be_visible()
    assert Proposal.objects.get().location_source == "words"
