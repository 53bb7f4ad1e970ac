"""The search box in a real browser: by keyboard, by touch, near me, after a slip."""

import pytest
from playwright.sync_api import Page, expect

from geo.models import Place
from tests.factories import SALE, AssetFactory, HomeFactory, metres_east

pytestmark = pytest.mark.django_db(transaction=True)

MAP = "/map/?at=53.42400,-2.32200,15"
PHONE_320 = {"width": 320, "height": 640}


@pytest.fixture(autouse=True)
def town(settings):
    settings.TILE_URL = ""
    Place.objects.create(geonames_id=1, name="Sale", population=134_022, location=SALE)
    AssetFactory(name="Sale Moor Library", category="library_learning", location=SALE)
    AssetFactory(name="Salford Road Singers", location=metres_east(SALE, 400))
    HomeFactory(name="Sale Grange", location=metres_east(SALE, 200))


def field_of(page: Page):
    return page.get_by_role("combobox", name="Search by name, kind, postcode or town")


def test_the_keyboard_alone_leads_from_two_letters_to_a_place(desktop, no_barriers):
    desktop.goto(MAP)
    field = field_of(desktop)
    expect(field).to_have_attribute("aria-expanded", "false")

    field.press_sequentially("sal")
    options = desktop.get_by_role("option")
    expect(options).to_have_count(4)
    expect(desktop.get_by_role("listbox", name="Suggestions")).to_be_visible()
    expect(desktop.get_by_role("status").filter(has_text="4 results")).to_have_count(1)
    desktop.keyboard.press("ArrowDown")
    first = desktop.get_by_role("option", name="Sale Town or village")
    expect(first).to_have_attribute("aria-selected", "true")
    no_barriers(desktop)

    desktop.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    expect(field).to_have_value("sal")
    field.press_sequentially("e moor")
    expect(options).to_have_count(1)
    desktop.keyboard.press("ArrowDown")
    desktop.keyboard.press("Enter")

    expect(desktop.get_by_role("heading", name="Sale Moor Library")).to_be_visible()


def test_enter_without_a_choice_searches_and_a_slip_is_asked_about(desktop, no_barriers):
    desktop.goto(MAP)
    field_of(desktop).fill("libary")
    note = desktop.get_by_text("Nothing is called “libary”. Did you mean “library”?")
    expect(note).to_be_visible()

    desktop.keyboard.press("Enter")
    meant = desktop.get_by_role("link", name="library", exact=True)
    expect(meant).to_be_visible()
    no_barriers(desktop)
    meant.click()

    expect(field_of(desktop)).to_have_value("library")
    expect(desktop.locator("[data-map-list]")).to_contain_text("Sale Moor Library")


def test_a_long_list_and_an_empty_one_are_there_for_everybody(desktop, no_barriers):
    desktop.set_viewport_size({"width": 1280, "height": 320})
    desktop.goto(MAP)
    field_of(desktop).fill("sal")
    listed = desktop.get_by_role("listbox", name="Suggestions")
    expect(listed).to_be_visible()
    assert listed.evaluate("list => list.scrollHeight > list.clientHeight")
    no_barriers(desktop)

    field_of(desktop).fill("qzxwy")
    expect(desktop.get_by_text("Nothing is called “qzxwy”.")).to_be_visible()


def test_a_small_phone_in_forced_colours_chooses_by_touch(open_browser):
    page = open_browser(PHONE_320, forced_colors="active")
    page.goto("/")
    field = page.get_by_role("combobox", name="See what is near you")
    field.fill("sale m")
    option = page.get_by_role("option", name="Sale Moor Library")
    expect(option).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE_320["width"]
    option.tap()

    expect(page.get_by_role("heading", name="Sale Moor Library")).to_be_visible()


def test_near_me_goes_there_roundly_and_says_so_where_it_is_refused(open_browser):
    there = open_browser(
        geolocation={"longitude": SALE.x + 0.00012, "latitude": SALE.y},
        permissions=["geolocation"],
    )
    there.goto(MAP)
    there.get_by_role("button", name="Near me").click()
    there.wait_for_url("**/map/?at=53.424,-2.322,15*")

    refused = open_browser()
    refused.goto("/")
    refused.get_by_role("button", name="Near me").click()
    expect(refused.get_by_text("does not tell this page where you are")).to_be_visible()


def test_without_a_connection_it_says_so(desktop, watched):
    watched.expect("ERR_INTERNET_DISCONNECTED")
    desktop.goto(MAP)
    expect(field_of(desktop)).to_be_visible()
    desktop.context.set_offline(True)

    field_of(desktop).fill("sale")

    expect(desktop.get_by_text("You are not connected").first).to_be_visible()
    desktop.context.set_offline(False)
