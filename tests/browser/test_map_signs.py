"""What is drawn on the map's canvas, found and pressed by keyboard, pointer and finger."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.factories import SALE, AssetFactory, HomeFactory, metres_east

pytestmark = pytest.mark.django_db(transaction=True)

NEAR_SALE = "/map/?at=53.42400,-2.32200,16"
SLOW_MS = 30_000  # what a busy machine may take
expect.set_options(timeout=SLOW_MS)


@pytest.fixture(autouse=True)
def no_tile_server(settings):
    settings.TILE_URL = ""


def open_map(page: Page, address: str = NEAR_SALE) -> None:
    page.goto(address)
    expect(page.locator("[data-map]")).to_have_attribute("data-state", "ready")
    expect(page.locator("[data-map-list]")).to_have_attribute("data-state", "ready")


def names_of(page: Page, selector: str) -> list[str]:
    return page.locator(selector).all_text_contents()


def in_focus(page: Page) -> str:
    return page.evaluate("document.activeElement.textContent")


def test_the_keyboard_walks_the_signs_as_the_list_and_comes_back_to_the_one_opened(desktop):
    for metres, name in ((300, "Third"), (0, "First"), (150, "Second")):
        spot = metres_east(SALE, metres)
        AssetFactory(name=name, location=spot, category="faith", check_state="fresh")
    AssetFactory(
        name="Stale", location=metres_east(SALE, 75), category="faith", check_state="stale"
    )
    open_map(desktop, NEAR_SALE.replace("-2.32200", f"{SALE.x:.5f}"))
    listed = names_of(desktop, "[data-map-list] li h3 a")
    assert [name.split(",")[0] for name in names_of(desktop, ".sign-links .mk")] == listed

    desktop.locator("[data-map-canvas]").focus()
    desktop.keyboard.press("Tab")
    desktop.keyboard.press("Tab")
    assert in_focus(desktop) == "Second, faith"
    expect(desktop.locator(".mlab")).to_have_text("Second, faith")
    expect(desktop.locator("[data-map-list] li.pointed")).to_contain_text("Second")
    desktop.keyboard.press("Space")
    desktop.wait_for_url("**/places/*/")
    desktop.go_back()

    chosen = desktop.locator("[data-map-list] li.on a")
    expect(chosen).to_have_text("Second")
    expect(chosen).to_have_attribute("aria-current", "true")
    expect(desktop.locator(".sign-links [aria-current]")).to_be_focused()
    assert re.search(r"[?&]place=assets-\d+", desktop.url)


def test_back_from_the_list_leads_to_the_entry_one_left(phone):
    for number in range(12):
        AssetFactory(name=f"Place {number:02}", location=metres_east(SALE, number * 20))
    open_map(phone)
    entry = phone.locator("[data-map-list]").get_by_role("link", name="Place 11")

    entry.tap()
    phone.wait_for_url("**/places/*/")
    phone.go_back()

    expect(phone.locator("[data-map-list]")).to_have_attribute("data-state", "ready")
    expect(entry).to_be_focused()
    expect(entry).to_be_in_viewport()


def test_what_stays_in_view_keeps_the_focus_and_what_goes_gives_it_to_the_map(desktop):
    AssetFactory(name="Here", location=SALE)
    open_map(desktop)
    link = desktop.locator(".sign-links .mk")
    link.focus()

    with desktop.expect_response("**/map/list/**"):
        desktop.locator("[aria-label='Zoom in']").dispatch_event("click")
    expect(desktop).to_have_url(re.compile(r",17(&|$)"))
    expect(desktop.locator("[data-map]")).to_have_attribute("data-state", "ready")
    expect(link).to_be_focused()

    AssetFactory(name="Too near to tell apart", location=metres_east(SALE, 1))
    for _ in range(3):
        before = desktop.url
        desktop.locator("[aria-label='Zoom out']").dispatch_event("click")
        expect(desktop).not_to_have_url(before)
    expect(desktop.get_by_role("button", name="2 places, zoom in")).to_be_visible()
    expect(desktop.locator("[data-map-canvas]")).to_be_focused()


def test_places_on_one_spot_are_named_when_their_sign_is_pressed(desktop, no_barriers):
    for number in range(9):
        AssetFactory(name=f"Room {number}", location=SALE)
    open_map(desktop, NEAR_SALE.replace(",16", ",17"))
    sign = desktop.get_by_role("button", name="9 places here, show their names")

    sign.press("Enter")

    names = desktop.get_by_role("dialog", name="9 places here")
    expect(names.get_by_role("link")).to_have_count(9)
    no_barriers(desktop)
    desktop.keyboard.press("Escape")
    expect(names).to_have_count(0)
    expect(sign).to_be_focused()


def test_a_lost_line_is_tried_again_then_said_and_never_leaves_the_map_blank(desktop, watched):
    watched.expect("net::ERR_FAILED")  # the lines cut below
    AssetFactory(name="Here", location=SALE)
    HomeFactory()
    lost = []

    def lose(route):
        lost.append(route.request.url)
        if len(lost) == 1:
            route.abort()
        else:
            route.continue_()

    desktop.route("**/tiles/assets/**", lose)
    open_map(desktop)
    expect(desktop.get_by_role("link", name=re.compile("^Here,"))).to_be_attached()

    desktop.route("**/tiles/assets/**", lambda route: route.abort())
    desktop.locator("[data-map-canvas]").press("-")
    expect(desktop.get_by_role("alert")).to_contain_text("Some places could not be fetched")
    expect(desktop.locator(".sign-links .mk").first).to_be_attached()
    desktop.unroute("**/tiles/assets/**")
    desktop.get_by_role("button", name="Try again").press("Enter")

    expect(desktop.get_by_role("alert")).to_have_count(0)
    expect(desktop.locator("[data-map]")).to_have_attribute("data-state", "ready")


def test_a_view_asks_for_few_tiles_and_a_small_move_for_none(desktop):
    AssetFactory(name="Here", location=SALE)
    asked = []
    desktop.on("request", lambda request: asked.append(request.url))
    open_map(desktop, NEAR_SALE.replace(",16", ",12"))
    signs = [url for url in asked if "/tiles/assets/" in url or "/tiles/homes/" in url]
    assert 2 <= len(signs) <= 8
    assert len(signs) == len(set(signs))
    asked.clear()

    canvas = desktop.locator("[data-map-canvas]").bounding_box()
    x, y = canvas["x"] + 300, canvas["y"] + 300
    desktop.mouse.move(x, y)
    desktop.mouse.down()
    desktop.mouse.move(x + 6, y + 6, steps=3)
    with desktop.expect_response("**/map/list/**"):
        desktop.mouse.up()

    expect(desktop.locator("[data-map]")).to_have_attribute("data-state", "ready")
    assert [url for url in asked if "/tiles/" in url and url in signs] == []


def test_one_finger_scrolls_the_page_and_paper_holds_the_whole_map(phone):
    AssetFactory(name="Here", location=SALE)
    phone.set_viewport_size({"width": 844, "height": 390})
    open_map(phone)
    style = "(node) => getComputedStyle(node).touchAction"
    assert phone.locator("[data-map-canvas]").evaluate(style) == "pan-x pan-y"
    assert phone.locator("[data-map]").bounding_box()["height"] < 390

    phone.emulate_media(media="print")

    paper = phone.locator("[data-map]").bounding_box()
    drawn = phone.locator("[data-map-canvas]").bounding_box()
    assert paper["width"] <= 690
    assert abs(drawn["width"] - paper["width"]) <= 4
    assert abs(drawn["height"] - paper["height"]) <= 4
