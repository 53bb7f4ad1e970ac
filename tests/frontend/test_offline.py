"""What a phone keeps of the site: the same for everybody, whole, renewed with every change."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse
from django_vite.core.asset_loader import DjangoViteAssetLoader

from assets import categories
from frontend.views import offline
from tests import factories

pytestmark = pytest.mark.django_db

PAGES = ["walk", "no_signal"]


@pytest.fixture(autouse=True)
def manifest():
    """Take the real build, as bin/test makes it first: what is kept follows from it."""
    DjangoViteAssetLoader._instance = None


def shell_of(client) -> dict:
    script = client.get("/sw.js").content.decode()
    told = re.match(r"self\.SHELL = (\{.*?\});\n", script)
    assert told
    return json.loads(told[1])


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_it_keeps_are_the_same_for_everybody(client, page):
    url = reverse(f"frontend:{page}")
    visitors = client.get(url)
    for role in ("champion", "manager", "administrator"):
        client.force_login(factories.member(role, **scope_of(role)))
        assert client.get(url).content == visitors.content
    assert visitors["Cache-Control"] == "no-store"
    assert b"csrfmiddlewaretoken" not in visitors.content
    assert not visitors.cookies


def scope_of(role: str) -> dict:
    if role == "manager":
        return {"home": factories.HomeFactory()}
    return {"area": factories.AreaFactory()} if role == "champion" else {}


def test_the_walk_round_asks_about_places_and_never_about_people(client):
    page = client.get("/places/walk/").content.decode()
    fields = set(re.findall(r'name="(\w+)"', page.split("<form")[1].split("</form>")[0]))

    assert fields == {"name", "category", "lon", "lat", "postcode", "wheelchair", "description"}
    for slug in categories.SLUGS:
        assert (f'value="{slug}"' in page) is (slug not in categories.UNLOCATED)


def test_the_worker_may_serve_the_whole_site_and_is_asked_for_anew(client):
    response = client.get("/sw.js")

    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Service-Worker-Allowed"] == "/"
    assert response["Cache-Control"] == "no-store"
    assert "worker-src 'self'" in response["Content-Security-Policy"]


def test_the_worker_keeps_every_file_that_its_pages_need(client):
    files = shell_of(client)["files"]

    for page in PAGES:
        html = client.get(reverse(f"frontend:{page}")).content.decode()
        named = set(re.findall(r'(?:src|href|data-icons)="(/static/[^"#?]+)', html))
        assert named
        assert named <= set(files)
    assert any(file.endswith(".woff2") for file in files)
    for file in files:
        assert finders.find(file.removeprefix(settings.STATIC_URL)), file


def test_the_worker_keeps_every_chunk_that_a_script_imports(client):
    files = shell_of(client)["files"]
    scripts = [file for file in files if "/build/" in file and file.endswith(".js")]

    assert len(scripts) > 2
    for script in scripts:
        text = Path(finders.find(script.removeprefix(settings.STATIC_URL))).read_text()
        imported = re.findall(r'(?:from|import)\s*"\./([^"]+\.js)"', text)
        here = script.rsplit("/", 1)[0]
        assert {f"{here}/{name}" for name in imported} <= set(files)


def test_a_changed_page_makes_a_new_version(client, monkeypatch):
    before = shell_of(client)["version"]
    assert shell_of(client)["version"] == before

    monkeypatch.setattr(offline, "_no_signal_page", lambda: "<p>Other words</p>")

    assert shell_of(client)["version"] != before


def test_the_worker_is_one_plain_script(client):
    script = client.get("/sw.js").content.decode()

    assert not re.search(r"^\s*(import|export)\b", script, re.MULTILINE)


def test_the_manifest_opens_the_walk_round(client):
    response = client.get("/manifest.webmanifest")
    manifest = response.json()

    assert response["Content-Type"] == "application/manifest+json"
    assert manifest["start_url"] == "/places/walk/"
    for icon in manifest["icons"]:
        assert finders.find(icon["src"].removeprefix(settings.STATIC_URL))
    assert "/manifest.webmanifest" in client.get("/places/walk/").content.decode()


def test_those_who_may_add_places_are_led_to_the_walk_round(client, champion):
    client.force_login(champion)

    assert "/places/walk/" in client.get("/today/").content.decode()
    assert "/places/walk/" in client.get("/places/add/").content.decode()
