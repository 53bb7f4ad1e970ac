"""Colours as a device asks for them, or as somebody chooses: on every page, and kept."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.django_db(transaction=True)

GROUND = {
    "day": "rgb(251, 247, 240)",
    "night": "rgb(18, 24, 22)",
    "contrast": "rgb(255, 255, 255)",
}
KEPT = "JSON.stringify(localStorage)"


def expect_ground(page: Page, scheme: str) -> None:
    expect(page.locator("body")).to_have_css("background-color", GROUND[scheme])


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"color_scheme": "light"}, "day"),
        ({"color_scheme": "dark"}, "night"),
        ({"contrast": "more"}, "contrast"),
        ({"color_scheme": "dark", "contrast": "more"}, "night"),
    ],
)
def test_a_page_has_the_colours_that_the_device_asks_for(
    open_browser, no_barriers, asked, shown
):
    page = open_browser(PHONE, **asked)
    for path in ("/", "/help/"):
        page.goto(path)
        expect_ground(page, shown)
        no_barriers(page)
    assert page.evaluate(KEPT) == "{}"


def test_a_choice_holds_on_every_page_until_it_is_taken_back(open_browser, no_barriers):
    page = open_browser(DESKTOP, color_scheme="dark")
    page.goto("/help/")
    page.get_by_role("radio", name="As my device").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="Day")).to_be_checked()
    expect_ground(page, "day")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect_ground(page, "contrast")
    no_barriers(page)
    assert page.evaluate(KEPT) == '{"colours":"contrast"}'

    page.goto("/privacy/")
    expect_ground(page, "contrast")
    expect(page.get_by_role("radio", name="High contrast")).to_be_checked()

    page.get_by_role("radio", name="As my device").check()
    expect_ground(page, "night")
    assert page.evaluate(KEPT) == "{}"


def test_what_is_printed_is_printed_by_day(open_browser):
    page = open_browser(DESKTOP, color_scheme="dark")
    page.goto("/help/")
    page.emulate_media(media="print")

    expect(page.locator("main h1")).to_have_css("color", "rgb(35, 32, 29)")


def test_without_scripts_the_device_decides_and_there_is_no_dead_switch(open_browser):
    page = open_browser(DESKTOP, color_scheme="dark", java_script_enabled=False)
    page.goto("/help/")

    expect_ground(page, "night")
    expect(page.locator("[data-colours]")).to_be_hidden()


def test_forced_colours_reach_what_is_drawn_on_canvas(open_browser, settings):
    settings.TILE_URL = ""
    page = open_browser(DESKTOP, forced_colors="active", color_scheme="dark")
    page.goto("/map/")
    expect(page.locator(".base-layer canvas.leaflet-tile-loaded").first).to_be_attached()

    colours = page.evaluate(
        """() => {
          const canvas = document.querySelector(".base-layer canvas");
          const { data } = canvas.getContext("2d").getImageData(0, 0, 1, 1);
          const probe = document.createElement("p");
          probe.style.backgroundColor = "Canvas";
          document.body.append(probe);
          const drawn = `rgb(${data.slice(0, 3).join(", ")})`;
          return [drawn, getComputedStyle(probe).backgroundColor];
        }"""
    )
    assert colours[0] == colours[1]
