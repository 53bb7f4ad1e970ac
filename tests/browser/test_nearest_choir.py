"""By keyboard alone, from a home to the nearest step-free choir and back to the same entry."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from geo.models import Place
from tests.browser.conftest import DESKTOP
from tests.factories import SALE, AssetFactory, HomeFactory, metres_east

pytestmark = pytest.mark.django_db(transaction=True)

PICTURES = os.environ.get("FANS_PICTURES")  # a folder, to look at what a person sees
MOST_TABS = 60
WINDOWS = {
    "wide": (DESKTOP, {}),
    "200-percent": ({"width": 640, "height": 450}, {}),
    "400-percent": ({"width": 320, "height": 225}, {}),
    "phone": ({"width": 390, "height": 844}, {}),
    "phone-on-its-side": ({"width": 844, "height": 390}, {}),
    "calm": (DESKTOP, {"reduced_motion": "reduce"}),
    "forced": (DESKTOP, {"forced_colors": "active"}),
    "night": (DESKTOP, {"color_scheme": "dark"}),
}


@pytest.fixture(autouse=True)
def neighbourhood(settings):
    """Larkfield House, and three choirs: the nearest has steps."""
    settings.TILE_URL = ""
    Place.objects.create(geonames_id=1, name="Sale", population=134_022, location=SALE)
    HomeFactory(name="Larkfield House")
    for metres, name, access in (
        (150, "Steps Lane Choir", "no"),
        (400, "Bridgewater Choir", "yes"),
        (900, "Far Meadow Choir", "yes"),
    ):
        AssetFactory(
            name=name,
            category="arts_culture",
            location=metres_east(SALE, metres),
            wheelchair=access,
            step_free=access,
            access_notes="A ramp by the side door" if access == "yes" else "",
        )
    AssetFactory(name="The Ramp Café", category="food_drink", wheelchair="yes", location=SALE)


def tab_to(page: Page, wanted: str, *, key: str = "Tab") -> None:
    """Press Tab until what has the focus is called so; fail where it never is."""
    met = []
    for _ in range(MOST_TABS):
        page.keyboard.press(key)
        name = page.evaluate(
            "(document.activeElement.ariaLabel || document.activeElement.labels?.[0]"
            "?.textContent || document.activeElement.textContent).trim().replace(/\\s+/g, ' ')"
        )
        met.append(name[:40])
        if re.fullmatch(wanted, name):
            return
    raise AssertionError(f"Tab never came to {wanted}: {met}")


def settled(page: Page) -> None:
    expect(page.locator("[data-map]")).to_have_attribute("data-state", "ready")
    expect(page.locator("[data-map-list]")).to_have_attribute("data-state", "ready")


def test_the_nearest_step_free_choir_is_found_read_and_left_by_keyboard(desktop, no_barriers):
    desktop.goto("/homes/")
    tab_to(desktop, "Larkfield House")
    with desktop.expect_navigation():
        desktop.keyboard.press("Enter")
    tab_to(desktop, "Homes and places near here")
    with desktop.expect_navigation():
        desktop.keyboard.press("Enter")
    settled(desktop)
    no_barriers(desktop)

    tab_to(desktop, "Search by name, kind, postcode or town")
    desktop.keyboard.type("choir")
    expect(desktop.get_by_role("option", name="Bridgewater Choir")).to_be_visible()
    with desktop.expect_navigation():
        desktop.keyboard.press("Enter")
    settled(desktop)
    tab_to(desktop, r"Wheelchair \d+")
    with desktop.expect_navigation():
        desktop.keyboard.press("Enter")
    settled(desktop)
    no_barriers(desktop)

    # What a screen reader is told: how many, where one is, and what is nearest.
    said = desktop.locator("main").aria_snapshot()
    assert re.search(r'status: "?2 of 2 places', said), said
    assert "Steps Lane Choir" not in said
    assert said.index("Bridgewater Choir") < said.index("Far Meadow Choir")
    assert 'link "Wheelchair' in said

    tab_to(desktop, "Bridgewater Choir")
    with desktop.expect_navigation():
        desktop.keyboard.press("Enter")
    expect(desktop.get_by_role("heading", level=1, name="Bridgewater Choir")).to_be_visible()
    expect(desktop.locator("main")).to_contain_text("A ramp by the side door")
    no_barriers(desktop)

    desktop.go_back()  # the browser's own key, which a page never sees
    settled(desktop)
    expect(desktop.locator("[data-map-list] li.on a")).to_have_text("Bridgewater Choir")
    expect(desktop.locator("[data-map-list] li.on a")).to_be_focused()
    no_barriers(desktop)


@pytest.mark.parametrize("window", WINDOWS)
def test_the_map_and_its_list_fit_every_window_and_way_of_seeing(open_browser, window):
    size, options = WINDOWS[window]
    page = open_browser(size, **options)
    page.goto("/map/?at=53.42400,-2.32200,15&wheelchair=yes&wheelchair=limited")
    settled(page)

    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    expect(page.locator("[data-map-list]")).to_contain_text("Bridgewater Choir")
    if PICTURES:
        page.wait_for_timeout(500)
        page.screenshot(path=Path(PICTURES) / f"map-{window}.png", full_page=True)
