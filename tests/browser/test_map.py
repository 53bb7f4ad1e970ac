"""The map in a real browser: its own ground, signs with names, the list in step."""

import re

import pytest
from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from playwright.sync_api import Page, expect

from geo.models import AreaKind, Place, Postcode
from tests.factories import SALE, AreaFactory, AssetFactory, HomeFactory, metres_east

pytestmark = pytest.mark.django_db(transaction=True)

NEAR_SALE = "/map/?at=53.42400,-2.32200,16"
AROUND_SALE = "/map/?at=53.42400,-2.32200,12"
SLOW_MS = 30_000  # what a busy machine may take
expect.set_options(timeout=SLOW_MS)
PIXEL = """([x, y]) => {
  for (const canvas of document.querySelectorAll("canvas")) {
    const box = canvas.getBoundingClientRect();
    if (x < box.left || x >= box.right || y < box.top || y >= box.bottom) continue;
    const scale = canvas.width / box.width;
    const spot = [(x - box.left) * scale, (y - box.top) * scale];
    return [...canvas.getContext("2d").getImageData(...spot, 1, 1).data];
  }
  return null;
}"""


@pytest.fixture(autouse=True)
def ground(settings):
    """Land around Sale, a town, a street of postcodes; no tile server."""
    settings.TILE_URL = ""
    west, south, east, north = -2.36, 53.40, -2.28, 53.45
    land = MultiPolygon(Polygon.from_bbox((west, south, east, north)), srid=4326)
    AreaFactory(name="Trafford", kind=AreaKind.LOCAL_AUTHORITY, boundary=land)
    Place.objects.create(geonames_id=1, name="Sale", population=134_022, location=SALE)
    for number, letter in enumerate("ABDEFGHJLN"):
        at = Point(SALE.x + 0.001 * number, SALE.y + 0.001, srid=4326)
        Postcode.objects.create(code=f"M332D{letter}", location=at)


def open_map(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("[data-map]")).to_have_attribute("data-state", "ready")


def view_of(page: Page) -> tuple[float, float, float]:
    """Return latitude, longitude and zoom as the address tells them."""
    lat, lon, zoom = page.evaluate("new URL(location).searchParams.get('at')").split(",")
    return float(lat), float(lon), float(zoom)


def test_draws_land_water_and_names_without_any_tile_server(desktop):
    open_map(desktop, "/map/?at=53.42400,-2.32200,12")

    expect(desktop.locator(".names").get_by_text("Sale")).to_be_visible()
    box = desktop.locator("[data-map]").bounding_box()
    middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 + 40]
    corner = [box["x"] + 15, box["y"] + 300]
    expect(desktop.locator(".base-layer .leaflet-tile-loaded").first).to_be_visible()
    assert desktop.evaluate(PIXEL, middle)[:3] == [0xF1, 0xEC, 0xE2]
    assert desktop.evaluate(PIXEL, corner)[:3] == [0xCF, 0xDF, 0xE6]
    assert desktop.refused == []
    assert desktop.errors == []


def test_falls_back_to_its_own_ground_where_tiles_cannot_be_reached(desktop, settings):
    settings.TILE_URL = "https://tiles.example/{z}/{x}/{y}.png"

    open_map(desktop, AROUND_SALE)

    expect(desktop.get_by_text("Offline map, our own points.")).to_be_visible()
    expect(desktop.locator(".names").get_by_text("Sale")).to_be_visible()
    assert desktop.errors == []


def test_a_sign_says_its_name_as_text_and_never_runs_it(desktop):
    AssetFactory(name="<img src=x onerror=alert(1)>", check_state="due", location=SALE)

    open_map(desktop, NEAR_SALE)

    link = desktop.get_by_role("link", name="<img src=x onerror=alert(1)>, gardens and nature")
    expect(link).to_have_accessible_name(re.compile("to check$"))
    link.hover()
    expect(desktop.locator(".mlab")).to_contain_text("<img src=x")
    assert desktop.locator("[data-map] img").count() == 0
    assert desktop.errors == []


def test_a_crowd_is_one_button_that_zooms_in(desktop):
    for metres in range(0, 300, 60):
        AssetFactory(name=f"Place {metres}", location=metres_east(SALE, metres))
    open_map(desktop, AROUND_SALE)

    desktop.get_by_role("button", name="5 places, zoom in").click()

    expect(desktop.locator("[data-map]")).to_have_attribute("data-state", "ready")
    expect(desktop).to_have_url(re.compile(r"at=[^&]*,14(&|$)"))
    assert desktop.evaluate("document.activeElement.matches('[data-map-canvas]')")


def test_the_list_follows_the_map_and_says_so(desktop):
    AssetFactory(name="Here", location=SALE)
    AssetFactory(name="Three kilometres on", location=metres_east(SALE, 3000))
    open_map(desktop, NEAR_SALE)
    found = desktop.locator("[data-map-list]")
    expect(found).to_contain_text("Here")
    expect(found).not_to_contain_text("Three kilometres on")

    desktop.locator("[data-map-canvas]").focus()
    for _ in range(3):
        before = desktop.url
        desktop.keyboard.press("-")
        expect(desktop).not_to_have_url(before)

    expect(found).to_contain_text("Three kilometres on")
    expect(desktop.locator("[data-map-count]")).to_have_text("2 of 2 places, 0 of 0 homes")


def test_arrow_keys_move_the_map_and_the_address_keeps_up(desktop):
    open_map(desktop, NEAR_SALE)
    desktop.locator("[data-map-canvas]").focus()
    before = view_of(desktop) if "at=" in desktop.url else (53.424, -2.322, 16)

    desktop.keyboard.press("ArrowRight")
    expect(desktop).to_have_url(re.compile(r"at=53\.\d+,-2\.(?!32200)\d+,16"))

    after = view_of(desktop)
    assert after[1] > before[1]
    assert after[0] == pytest.approx(before[0], abs=1e-4)


def test_a_shared_address_opens_the_same_view(open_browser):
    AssetFactory(name="Here", location=SALE)
    there = open_browser()
    open_map(there, NEAR_SALE)
    there.get_by_role("button", name="Zoom in").tap()
    expect(there).to_have_url(re.compile(r"at=[^&]*,17(&|$)"))

    here = open_browser()
    open_map(here, there.url.split("/", 3)[3].join(["/", ""]))

    expect(here.get_by_role("link", name="Here", exact=True).first).to_be_visible()


def test_a_filter_keeps_the_view(desktop):
    AssetFactory(name="Fresh", check_state="fresh", location=SALE)
    AssetFactory(name="Due", check_state="due", location=SALE)
    open_map(desktop, NEAR_SALE)

    desktop.get_by_role("link", name="Checked 1").click()

    expect(desktop.locator("[data-map]")).to_have_attribute("data-state", "ready")
    assert "check_state=fresh" in desktop.url
    assert view_of(desktop) == (53.424, -2.322, 16)
    expect(desktop.locator("[data-map-list]")).to_contain_text("Fresh")
    expect(desktop.locator("[data-map-list]")).not_to_contain_text("Due")


def test_back_from_a_place_returns_to_the_view_one_left(phone):
    AssetFactory(name="Canal Side Garden", location=SALE)
    open_map(phone, NEAR_SALE)
    phone.get_by_role("button", name="Zoom in").tap()
    expect(phone).to_have_url(re.compile(r"at=[^&]*,17(&|$)"))

    phone.locator("[data-map-list]").get_by_role("link", name="Canal Side Garden").tap()
    phone.wait_for_url("**/places/*/")
    phone.go_back()

    expect(phone.locator("[data-map]")).to_have_attribute("data-state", "ready")
    assert view_of(phone)[2] == 17


def test_shows_more_of_the_list_in_place(desktop):
    for number in range(25):
        AssetFactory(name=f"Place {number:02}", location=metres_east(SALE, number * 10))
    open_map(desktop, f"{AROUND_SALE}&show=places")
    entries = desktop.locator("[data-map-list] li")
    expect(entries).to_have_count(20)

    desktop.get_by_role("link", name="Show more of 25").click()

    expect(entries).to_have_count(25)
    assert desktop.evaluate("document.activeElement.closest('li') !== null")


def test_a_home_and_its_places_are_found_with_scripts_switched_off(open_browser):
    AssetFactory(name="Canal Side Garden", location=SALE)
    HomeFactory()
    page = open_browser(java_script_enabled=False)

    page.goto("/map/")
    page.get_by_label("Search by name").fill("canal")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Canal Side Garden").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Canal Side Garden")


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_runs_over_the_edge(open_browser, width):
    asset = AssetFactory(
        name="The Society of Llanfairpwllgwyngyllgogerychwyrndrobwll", phone="0161 496 0147"
    )
    home = HomeFactory(phone="0161 496 0199")
    page = open_browser({"width": width, "height": 800})

    for address in (
        "/",
        "/map/",
        f"/places/{asset.pk}/",
        f"/homes/{home.pk}/",
        "/accounts/login/",
        "/help/",
    ):
        page.goto(address)
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wider <= 0, address


@pytest.mark.parametrize("window", ["phone", "desktop"])
def test_axe_finds_nothing_grave(request, window, no_barriers):
    page = request.getfixturevalue(window)
    asset = AssetFactory(could_give="Tea", would_love="Tales", check_state="stale")
    AssetFactory(category="faith", location=metres_east(SALE, 40), check_state="due")
    home = HomeFactory()

    open_map(page, NEAR_SALE)
    no_barriers(page)
    open_map(page, AROUND_SALE)
    no_barriers(page)
    for address in (
        "/",
        f"/places/{asset.pk}/",
        f"/homes/{home.pk}/",
        "/accounts/login/",
        "/privacy/",
    ):
        page.goto(address)
        no_barriers(page)
