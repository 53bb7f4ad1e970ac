"""Pages of words, pages of errors, and what every template keeps to."""

import re
from pathlib import Path

import pytest
from django.test import RequestFactory
from django.urls import reverse

from assets.categories import SLUGS
from frontend.views import errors
from tests.factories import AssetFactory, HomeFactory

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("frontend", "assets", "homes", "geo", "fans")
TEMPLATES = sorted(
    path
    for room in ROOMS
    for path in (ROOT / room).rglob("templates/**/*.html")
    if "node_modules" not in path.parts
)
STATIC_PAGES = (
    *("landing", "how_it_works", "privacy", "cookies", "accessibility"),
    *("help", "sources"),
)
UNWANTED = re.compile(
    r"closed culture|league table of|stakeholder|service user|the elderly|\bsufferer|\bKPI\b",
    re.IGNORECASE,
)


@pytest.mark.django_db
@pytest.mark.parametrize("name", STATIC_PAGES)
def test_a_page_of_words_stands_with_one_heading_and_the_footer(client, name):
    page = client.get(reverse(f"frontend:{name}")).content.decode()

    assert page.count("<h1") == 1
    assert "Worried about someone?" in page
    assert '<html lang="en-GB">' in page
    assert 'href="#main"' in page


@pytest.mark.django_db
def test_the_first_page_counts_what_anybody_may_count(client):
    AssetFactory(check_state="fresh")
    AssetFactory(check_state="stale")
    AssetFactory(visibility="draft", published_on=None)
    HomeFactory()

    context = client.get("/").context

    assert (context["homes_count"], context["places_count"]) == (1, 2)
    assert context["checked_percent"] == 50


@pytest.mark.django_db
def test_the_privacy_page_names_the_tile_server(client, settings):
    page = client.get(reverse("frontend:privacy")).content.decode()

    assert "tile.openstreetmap.org" in page


@pytest.mark.django_db
def test_a_missing_page_says_so_and_leads_on(client):
    page = client.get("/places/999999999/")

    assert page.status_code == 404
    assert "There is nothing here" in page.content.decode()


@pytest.mark.django_db
def test_a_refused_page_gives_the_reason(client, stranger):
    client.force_login(stranger)

    page = client.get("/today/")
    refused = errors.forbidden(page.wsgi_request, PermissionError("Only for the team."))

    assert refused.status_code == 403
    assert "Only for the team." in refused.content.decode()


def test_our_own_fault_is_told_without_asking_the_database():
    # No database mark: a query would fail this test.
    page = errors.server_error(RequestFactory().get("/"))

    assert page.status_code == 500
    assert "it is our fault" in page.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_cookie_is_told_in_plain_words(client):
    client.handler.enforce_csrf_checks = True

    page = client.post(reverse("account_login"), {"login": "a@example.org", "password": "x"})

    assert page.status_code == 403
    assert "Nothing was changed" in page.content.decode()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_keeps_to_the_content_policy_and_to_plain_words(path):
    text = path.read_text(encoding="utf-8")
    markup = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", text, flags=re.DOTALL)

    assert not re.search(r"""<[^>]*\sstyle\s*=""", markup), "inline style"
    assert not re.search(r"""<[^>]*\son[a-z]+\s*=\s*["']""", markup), "inline handler"
    # What is data is not run: the content policy lets it stand.
    code = r'<script(?![^>]*\bsrc=)(?![^>]*\btype="application/json")'
    assert not re.search(code, markup), "inline script"
    assert not UNWANTED.search(markup)


def test_there_are_templates_to_look_at():
    assert len(TEMPLATES) > 40


def test_every_symbol_that_a_template_names_is_in_the_sprite():
    sprite = (ROOT / "frontend/static/frontend/icons.svg").read_text(encoding="utf-8")
    drawn = set(re.findall(r'id="i-([\w-]+)"', sprite))
    named = {
        name
        for path in TEMPLATES
        for name in re.findall(r'{% icon "([\w-]+)"', path.read_text(encoding="utf-8"))
    }

    assert named <= drawn


def test_every_kind_of_place_has_its_symbol():
    sprite = (ROOT / "frontend/static/frontend/icons.svg").read_text(encoding="utf-8")

    assert [slug for slug in SLUGS if f'id="i-{slug}"' not in sprite] == []


def test_an_unknown_host_is_told_so_and_not_that_we_failed(client, db):
    response = client.get("/map/", headers={"host": "elsewhere.example"})

    assert response.status_code == 400
    assert "We could not read that" in response.content.decode()
