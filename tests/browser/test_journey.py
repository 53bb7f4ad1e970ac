"""The main job from end to end, on a phone, by keyboard, and with scripts off.

A champion adds a place, a coordinator logs a connection with it, the home's page and the
values behind its openness follow, a researcher takes the data.
"""

import io
import json
import re
import zipfile
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page, expect

from assets.models import Asset, Visibility
from fans.connections.models import Connection
from fans.openness.models import Score
from homes.models import Home

PLACE = "Old Boathouse Café"


@pytest.fixture
def demo(transactional_db, settings):
    """The made-up locality, as a newcomer finds it; no tile server can be reached."""
    settings.TILE_URL = "https://tiles.example/{z}/{x}/{y}.png"
    call_command("load_demo", verbosity=0)
    return Home.objects.get(name="Larkfield House")


def come_in(page: Page, who: str) -> None:
    """Sign in as one of the demo's people, by one press."""
    page.goto(reverse("account_login"))
    page.get_by_role("button", name=re.compile(who)).click()
    page.wait_for_url("**/today/")


def current_score(home: Home) -> Score:
    return Score.objects.get(wave__enrolment__home=home, wave__month=6)


def choose(page: Page, words: str) -> None:
    """Press the box with these words, as a thumb would."""
    page.locator("label", has_text=re.compile(rf"^\s*{words}\s*$")).first.click()


def add_place_on_the_map(page: Page) -> Asset:
    """Move the map under the cross, name the place, choose its kind, save."""
    page.goto(reverse("assets:add"))
    canvas = page.locator("[data-map-canvas]")
    expect(page.locator("[data-add-map]")).to_have_attribute("data-state", "ready")
    box = canvas.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y + 20, steps=6)
    page.mouse.up()
    expect(page.locator("#id_lon")).not_to_have_value("")
    page.get_by_label("What is it called?").fill(PLACE)
    choose(page, "Food and drink")
    page.get_by_role("button", name="Save this place").click()
    page.wait_for_url(re.compile(r"/places/\d+/$"))
    expect(page.get_by_role("heading", name=PLACE)).to_be_visible()
    return Asset.objects.get(name=PLACE)


def log_visit(page: Page, home: Home, asset: Asset) -> None:
    """Log that people of a place came today, and that they gave time."""
    page.goto(f"{reverse('connections:log', args=[home.pk])}?asset={asset.pk}")
    choose(page, "They came")
    page.get_by_label("How many who live here?").fill("4")
    choose(page, "Lovely")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.", exact=False).first).to_be_visible()


@pytest.mark.django_db(transaction=True)
def test_the_main_job_from_end_to_end_on_a_phone(demo, open_browser, no_barriers):
    before = current_score(demo)
    visits_before = before.evidence["observed"]["visits_in"]
    partners_before = sum(before.evidence["observed"]["active_partners_by_category"].values())

    champion = open_browser()
    come_in(champion, "champion")
    no_barriers(champion)
    asset = add_place_on_the_map(champion)
    no_barriers(champion)
    assert asset.visibility == Visibility.PUBLISHED
    lon, lat = asset.location.coords
    champion.goto(f"{reverse('frontend:map')}?at={lat:.5f},{lon:.5f},17")
    expect(champion.locator("[data-map]")).to_have_attribute("data-state", "ready")
    expect(champion.locator(".items").get_by_role("link", name=PLACE)).to_be_visible()
    expect(champion.locator("[data-map]").get_by_role("link", name=PLACE)).to_be_attached()
    no_barriers(champion)

    coordinator = open_browser()
    come_in(coordinator, "coordinator")
    no_barriers(coordinator)
    log_visit(coordinator, demo, asset)
    no_barriers(coordinator)
    coordinator.goto(reverse("frontend:home", args=[demo.pk]))
    expect(coordinator.get_by_role("link", name=PLACE).first).to_be_visible()
    no_barriers(coordinator)

    after = current_score(demo)
    observed = after.evidence["observed"]
    assert observed["visits_in"] == visits_before + 1
    assert sum(observed["active_partners_by_category"].values()) == partners_before + 1
    assert after.overall > before.overall

    coordinator.goto(reverse("openness:home", args=[demo.pk]))
    # Answers of an open wave show by threes and late; what was counted shows at once.
    expect(coordinator.get_by_text(f"{after.lived} of 100").first).to_be_visible()
    no_barriers(coordinator)
    assert champion.errors == coordinator.errors == []


@pytest.mark.django_db(transaction=True)
def test_a_researcher_takes_the_demo_away(demo, phone):
    come_in(phone, "researcher")
    phone.goto(reverse("research:studies"))
    with phone.expect_download() as waiting:
        phone.get_by_role("button", name="Take the extract").click()
    archive = zipfile.ZipFile(io.BytesIO(Path(waiting.value.path()).read_bytes()))

    assert len(pd.read_csv(archive.open("homes.csv"))) == 3
    connections = pd.read_csv(archive.open("connections.csv"))
    assert 0 < len(connections) <= Connection.objects.standing().count()
    network = nx.read_graphml(archive.open("edges.graphml"))
    assert network.number_of_edges() == len(pd.read_csv(archive.open("partnerships.csv")))
    described = json.load(archive.open("datapackage.json"))
    assert {table["path"] for table in described["resources"]} >= {"homes.csv", "waves.csv"}


@pytest.mark.django_db(transaction=True)
def test_the_journey_works_with_scripts_off(demo, open_browser):
    champion = open_browser(java_script_enabled=False)
    come_in(champion, "champion")
    champion.goto(reverse("assets:add"))
    champion.get_by_label("What is it called?").fill(PLACE)
    choose(champion, "Food and drink")
    champion.get_by_text("Where is it, without the map?").click()
    champion.get_by_role("textbox", name="Postcode").fill(demo.postcode)
    with champion.expect_navigation():
        champion.get_by_role("button", name="Save this place").click()
    asset = Asset.objects.get(name=PLACE)
    assert asset.location_precision == "postcode"

    champion.goto(f"{reverse('frontend:map')}?q=boathouse")
    expect(champion.locator(".items").get_by_role("link", name=PLACE)).to_be_visible()

    coordinator = open_browser(java_script_enabled=False)
    come_in(coordinator, "coordinator")
    log_visit(coordinator, demo, asset)
    assert Connection.objects.filter(partnership__partner__asset=asset).count() == 1


def press_until(page: Page, wanted: str, *, most: int = 120) -> None:
    """Press Tab until the element that has the focus matches ``wanted``."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement?.matches(wanted)", wanted):
            return
    raise AssertionError(f"Tab never came to {wanted} on {page.url}")


@pytest.mark.django_db(transaction=True)
def test_the_journey_works_by_keyboard(demo, desktop):
    come_in(desktop, "champion")
    desktop.goto(reverse("assets:add"))
    expect(desktop.locator("[data-add-map]")).to_have_attribute("data-state", "ready")
    press_until(desktop, "[data-map-canvas], [data-map-canvas] *")
    desktop.keyboard.press("ArrowUp")
    expect(desktop.locator("#id_lon")).not_to_have_value("")
    press_until(desktop, "#id_name")
    desktop.keyboard.type(PLACE)
    press_until(desktop, "[name=category]")
    desktop.keyboard.press("Space")
    press_until(desktop, "form button[type=submit].big")
    desktop.keyboard.press("Enter")
    desktop.wait_for_url(re.compile(r"/places/\d+/$"))
    asset = Asset.objects.get(name=PLACE)

    desktop.context.clear_cookies()
    come_in(desktop, "coordinator")
    desktop.goto(f"{reverse('connections:log', args=[demo.pk])}?asset={asset.pk}")
    press_until(desktop, "[name=direction]")
    desktop.keyboard.press("Space")
    press_until(desktop, "form#log button[type=submit]")
    desktop.keyboard.press("Enter")
    expect(desktop.get_by_text("Saved.", exact=False).first).to_be_visible()
    assert Connection.objects.get(partnership__partner__asset=asset).direction == "in"
