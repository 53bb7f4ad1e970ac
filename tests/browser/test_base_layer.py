"""The map's own ground, with no tile server: land, towns and names at every zoom."""

import re
import subprocess
import sys
from itertools import combinations, islice, product
from pathlib import Path

import pytest
from django.contrib.gis.geos import Point
from django.core.cache import caches
from playwright.sync_api import Page, expect

from geo.ground import load_ground
from geo.models import Postcode, PostcodeCell
from tests.browser.conftest import DESKTOP
from tests.factories import SALE, AssetFactory, metres_east

pytestmark = pytest.mark.django_db(transaction=True)

SLOW_MS = 30_000  # what a busy machine may take
expect.set_options(timeout=SLOW_MS)
ZOOMS = (6, 9, 12, 15)
LAND = (0xF1, 0xEC, 0xE2)
WATER = (0xCF, 0xDF, 0xE6)
NIGHT_LAND = (0x20, 0x28, 0x26)
STREETS = 12
DOORS = 25

UNDRAWN = ":is(.base-layer, .settlement) .leaflet-tile:not(.leaflet-tile-loaded)"

BOXES = """(selector) => {
  const map = document.querySelector("[data-map-canvas]").getBoundingClientRect();
  return [...document.querySelectorAll(selector)].map((node) => {
    const { left, top, right, bottom } = node.getBoundingClientRect();
    return { text: node.textContent, left, top, right, bottom,
      inside: left >= map.left && right <= map.right && top >= map.top
        && bottom <= map.bottom };
  });
}"""
# Colours of one layer's canvases in a square around the middle of the map, counted.
COLOURS = """([selector, reach]) => {
  const map = document.querySelector("[data-map-canvas]").getBoundingClientRect();
  const middle = [(map.left + map.right) / 2, (map.top + map.bottom) / 2];
  const counts = {};
  for (const canvas of document.querySelectorAll(`${selector} canvas`)) {
    const box = canvas.getBoundingClientRect();
    const scale = canvas.width / box.width;
    const [left, top] = [middle[0] - reach - box.left, middle[1] - reach - box.top];
    const { data } = canvas.getContext("2d").getImageData(
      left * scale, top * scale, 2 * reach * scale, 2 * reach * scale);
    for (let at = 0; at < data.length; at += 4) {
      if (data[at + 3] < 255) continue;
      const colour = [data[at], data[at + 1], data[at + 2]].join();
      counts[colour] = (counts[colour] || 0) + 1;
    }
  }
  return counts;
}"""


def build_streets() -> None:
    """Lay twelve streets of postcodes around Sale, 80 m apart, a postcode every 40 m."""
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    endings = islice(product("123456789", letters, letters), STREETS * DOORS)
    Postcode.objects.bulk_create(
        Postcode(code=f"M33{digit}{first}{second}", location=spot(number))
        for number, (digit, first, second) in enumerate(endings)
    )
    for code, kind in (("M33 2", "sector"), ("M33", "outcode")):
        PostcodeCell.objects.create(
            code=code, kind=kind, location=SALE, postcodes_count=STREETS * DOORS
        )


def spot(number: int) -> Point:
    """Return where the postcode of a number lies, counted along its street."""
    street, door = divmod(number, DOORS)
    at = metres_east(SALE, 40 * (door - DOORS // 2))
    return Point(at.x, at.y + 0.00072 * (street - STREETS // 2), srid=4326)


@pytest.fixture(autouse=True)
def ground(settings):
    """Load the ground that ships with the project, and streets; no tile server."""
    settings.TILE_URL = ""
    caches["tiles"].clear()
    load_ground()
    build_streets()
    yield
    caches["tiles"].clear()


def open_map(page: Page, zoom: int, at: str = "53.42400,-2.32200") -> None:
    """Open the map and wait until its ground and its signs stand."""
    page.goto(f"/map/?at={at},{zoom}")
    expect(page.locator("[data-map]")).to_have_attribute("data-state", "ready")
    page.wait_for_load_state("networkidle")
    expect(page.locator(UNDRAWN)).to_have_count(0)


def names_on(page: Page) -> list[str]:
    """Return the names that are written on the map, once they are."""
    expect(page.locator(".names .pl").first).to_be_visible()
    return page.locator(".names .pl").all_text_contents()


def overlap(a: dict[str, float], b: dict[str, float]) -> bool:
    return (
        a["left"] < b["right"]
        and b["left"] < a["right"]
        and a["top"] < b["bottom"]
        and b["top"] < a["bottom"]
    )


@pytest.mark.parametrize(
    ("window", "least"),
    [
        ("desktop", {6: 12, 9: 25, 12: 12, 15: 2}),
        ("phone", {6: 6, 9: 7, 12: 5, 15: 2}),
    ],
)
def test_names_are_many_enough_and_never_cover_each_other(request, window, least):
    page = request.getfixturevalue(window)
    for metres in range(-600, 900, 300):
        AssetFactory(name=f"Place {metres}", location=metres_east(SALE, metres))

    for zoom in ZOOMS:
        open_map(page, zoom)

        assert len(names_on(page)) >= least[zoom], zoom
        names = page.evaluate(BOXES, ".names .pl")
        signs = page.evaluate(BOXES, ".sign .mk")
        assert [name["text"] for name in names if not name["inside"]] == [], zoom
        covered = [
            (a["text"], b["text"], zoom)
            for a, b in [*combinations(names, 2), *product(names, signs)]
            if overlap(a, b)
        ]
        assert covered == []
    assert page.refused == []
    assert page.errors == []


def test_each_zoom_names_what_one_looks_for_there(desktop):
    wanted = {6: "Birmingham", 9: "Liverpool", 12: "Sale", 15: "Sale"}

    for zoom, name in wanted.items():
        open_map(desktop, zoom)
        assert name in names_on(desktop), zoom

    assert "M33 2" in names_on(desktop)


def test_a_city_is_set_larger_than_a_town(desktop):
    open_map(desktop, 9)

    assert "Liverpool" in names_on(desktop)
    size = "(node) => parseFloat(getComputedStyle(node).fontSize)"
    city = desktop.locator(".names .pl", has_text="Liverpool").evaluate(size)
    town = desktop.locator(".names .pl", has_text="Macclesfield").evaluate(size)

    assert city > town >= 14


def test_a_phone_carries_fewer_names(phone, desktop):
    open_map(phone, 9)
    open_map(desktop, 9)

    assert len(names_on(phone)) * 2 < len(names_on(desktop))


@pytest.mark.parametrize("zoom", [9, 12, 15])
def test_postcodes_draw_the_shape_of_a_town(desktop, zoom):
    open_map(desktop, zoom)
    drawn = desktop.evaluate(COLOURS, [".settlement", 6 if zoom == 9 else 30])
    assert sum(drawn.values()) > 50, drawn

    open_map(desktop, zoom, at="54.20000,-4.60000")  # the Isle of Man: no postcode here
    assert desktop.evaluate(COLOURS, [".settlement", 30]) == {}


@pytest.mark.parametrize("zoom", ZOOMS)
def test_land_is_land_and_sea_is_sea(desktop, zoom):
    open_map(desktop, zoom, at="53.10000,-3.80000")  # Snowdonia
    assert colour_of_middle(desktop) == LAND

    open_map(desktop, zoom, at="53.75000,-3.90000")  # the Irish Sea
    assert colour_of_middle(desktop) == WATER


def colour_of_middle(page: Page) -> tuple[int, ...]:
    """Return the ground's most frequent colour in the middle of the map."""
    counts = page.evaluate(COLOURS, [".base-layer", 8])
    return tuple(int(part) for part in max(counts, key=counts.get).split(","))


def test_postcodes_are_written_out_close_to_a_door(desktop):
    open_map(desktop, 17)

    assert {text for text in names_on(desktop) if text.startswith("M33 ")}


@pytest.mark.parametrize("zoom", [9, 15])
def test_the_ground_stands_in_for_tiles_that_fail(desktop, settings, zoom):
    settings.TILE_URL = "https://tiles.example/{z}/{x}/{y}.png"

    open_map(desktop, zoom)

    expect(desktop.get_by_text("Offline map, our own points.")).to_be_visible()
    assert "Liverpool" in names_on(desktop) if zoom == 9 else "Sale" in names_on(desktop)
    assert desktop.evaluate(COLOURS, [".settlement", 30])
    assert {url.split("/")[2] for url in desktop.refused} <= {"tiles.example"}
    assert desktop.errors == []


def test_a_view_without_a_name_says_what_is_near_and_how_far(desktop):
    open_map(desktop, 13, at="53.75000,-4.50000")  # between Man and Anglesey

    expect(desktop.locator(".nearest")).to_have_text(re.compile(r"Nearest: .+, \d+ km \w+"))
    expect(desktop.locator(".scale")).to_have_text("1 km½ mile")

    open_map(desktop, 12)
    expect(desktop.locator(".nearest")).to_be_hidden()


def test_the_ground_is_drawn_for_the_night_and_follows_a_change(open_browser):
    page = open_browser(DESKTOP, color_scheme="dark")
    open_map(page, 9, at="53.10000,-3.80000")
    assert colour_of_middle(page) == NIGHT_LAND

    page.locator("[data-colours]").get_by_label("Day", exact=True).check()
    expect(page.locator(UNDRAWN)).to_have_count(0)
    page.wait_for_function(f"{COLOURS}, true")
    assert colour_of_middle(page) == LAND


@pytest.fixture(scope="session")
def archive(tmp_path_factory) -> Path:
    """Make a small map of the country in one file, in a process of its own."""
    path = tmp_path_factory.mktemp("map") / "uk.pmtiles"
    source = Path(__file__).parents[2] / "fixtures/geo/uk.geojson"
    maker = Path(__file__).parent / "make_pmtiles.py"
    subprocess.run([sys.executable, maker, source, path], check=True)
    return path


def test_an_operators_own_map_is_drawn_from_one_file(desktop, settings, archive):
    settings.BASEMAP_PMTILES = str(archive)
    settings.BASEMAP_ATTRIBUTION = "© Sale surveyors"

    open_map(desktop, 9, at="53.10000,-3.80000")

    expect(desktop.locator(".own-map canvas").first).to_be_visible()
    expect(desktop.get_by_text("© Sale surveyors")).to_be_visible()
    expect(desktop.locator(".base-layer")).to_have_count(0)
    counts = desktop.evaluate(COLOURS, [".own-map", 8])
    assert tuple(map(int, max(counts, key=counts.get).split(","))) == LAND
    assert desktop.refused == []


@pytest.mark.parametrize("broken", ["missing", "cut short", "another kind"])
def test_a_file_that_cannot_be_read_gives_way_to_our_ground(
    desktop, settings, archive, tmp_path, broken
):
    path = tmp_path / "uk.pmtiles"
    if broken != "missing":
        path.write_bytes(
            archive.read_bytes()[:200] if broken == "cut short" else b"GIF89a" * 99
        )
    settings.BASEMAP_PMTILES = str(path)

    open_map(desktop, 9, at="53.10000,-3.80000")

    expect(desktop.get_by_text("Our own points.")).to_be_visible()
    assert colour_of_middle(desktop) == LAND
