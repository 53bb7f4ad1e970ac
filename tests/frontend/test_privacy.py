"""What the notices say of this site is so: who runs it, what it keeps, what stays behind."""

import re
from pathlib import Path

import pytest
from django.conf import settings as site
from django.contrib import admin
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import NoReverseMatch, reverse

from fans.people.privacy.retention import rules
from tests import factories
from tests.walk import OURS, ask, country, here, send, there

__all__ = ["ask", "country", "here", "send", "there"]  # fixtures

ROOT = Path(__file__).resolve().parents[2]
STORES = re.compile(
    r"localStorage|sessionStorage|indexedDB|openDB|document\.cookie|caches\.open"
)


def words(client, name):
    page = client.get(reverse(f"frontend:{name}")).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.fixture(scope="module")
def named_cookies(country, django_db_blocker) -> set[str]:
    """What the notice names, read once for all addresses."""
    with django_db_blocker.unblock():
        notice = Client().get(reverse("frontend:cookies")).content.decode()
    return set(re.findall(r"<code>([^<]+)</code>", notice))


@pytest.mark.parametrize("route", OURS)
def test_no_page_sets_a_cookie_that_the_notice_does_not_name(route, ask, here, named_cookies):
    for name in ("visitor", "manager", "administrator"):
        for method in ("get", "post"):
            with ask(name, method, route, here) as response:
                assert set(response.cookies) <= named_cookies


def test_the_notice_names_both_cookies_and_how_long_they_stay(client, db):
    told = words(client, "cookies")

    assert site.SESSION_COOKIE_NAME in told
    assert site.CSRF_COOKIE_NAME in told
    assert f"after {site.SESSION_LASTS_DAYS} days" in told
    assert site.CSRF_COOKIE_AGE == 60 * 60 * 24 * 7 * 52  # "for a year"


def test_a_message_travels_with_the_session_and_not_in_a_cookie(client, coordinator, home):
    tie = factories.PartnershipFactory(home=home)
    client.force_login(coordinator)

    response = client.post(
        reverse("connections:log", args=[home.pk]),
        {"who": f"tie:{tie.pk}", "when": "today", "direction": "in"},
    )

    assert [str(message) for message in get_messages(response.wsgi_request)]
    assert set(response.cookies) <= {site.SESSION_COOKIE_NAME, site.CSRF_COOKIE_NAME}


# What a walk-round keeps where there is no signal; tests/browser/test_walk_round.py looks
# into both, and at what signing out leaves. And what is typed into a month and not saved,
# and which colours were chosen.
KEEP = {"main.ts", "outbox/store.ts", "sw.ts", "month/draft.ts", "page/scheme.ts"}


def test_our_own_scripts_keep_nothing_in_the_browser_but_the_walk_rounds():
    folder = ROOT / "frontend/src"
    scripts = {str(path.relative_to(folder)): path for path in folder.rglob("*.ts")}

    assert scripts
    stores = {name for name, path in scripts.items() if STORES.search(path.read_text("utf-8"))}
    assert stores == KEEP


def test_the_notice_names_the_drafts_that_are_kept(client, db):
    told = words(client, "cookies")

    assert "month-sheet" in told
    assert "draft:log" in told


def test_the_notice_names_what_a_walk_round_keeps(client, db):
    told = words(client, "cookies")
    store = (ROOT / "frontend/src/outbox/store.ts").read_text("utf-8")
    answers = (ROOT / "frontend/src/worker/answers.ts").read_text("utf-8")
    names = re.findall(r'const (?:DATABASE|PREFIX) = "([^"]+)"', "".join([store, answers]))

    assert len(names) == 2
    assert [name for name in names if name not in told] == []


def test_the_notice_names_what_a_months_sheet_keeps(client, db):
    draft = (ROOT / "frontend/src/month/draft.ts").read_text("utf-8")
    [name] = re.findall(r'const PREFIX = "([^"]+)"', draft)

    assert name in words(client, "cookies")


def test_the_notice_names_the_choice_of_colours(client, db):
    switch = (ROOT / "frontend/src/page/scheme.ts").read_text("utf-8")
    [name] = re.findall(r'const KEY = "([^"]+)"', switch)
    early = (ROOT / "frontend/static/frontend/scheme.js").read_text("utf-8")

    assert f'getItem("{name}")' in early
    assert f"<code>{name}</code>" in client.get(reverse("frontend:cookies")).content.decode()


def test_what_the_administrators_pages_keep_in_the_browser_is_named(client, db):
    folder = Path(admin.__file__).parent / "static/admin/js"
    keys = {
        key
        for path in folder.glob("*.js")
        for key in re.findall(
            r"(?:local|session)Storage\.\w+\(['\"]([^'\"]+)", path.read_text()
        )
    }
    told = words(client, "cookies")

    assert keys
    assert {key for key in keys if key not in told} == set()


def test_the_notice_tells_of_every_period_that_is_set(client, db):
    told = words(client, "privacy")

    assert {rule.setting for rule in rules()} == set(site.RETENTION)
    assert [rule.label for rule in rules() if f"{rule.label}. {rule.done}" not in told] == []


def test_the_notice_says_the_period_that_the_operator_has_set(client, db, settings):
    settings.RETENTION = {**site.RETENTION, "VOLUNTEERS_LEFT_MONTHS": 7}

    assert "7 months Profiles of volunteers who have left." in words(client, "privacy")


def test_the_notice_names_who_runs_the_site(client, db, settings):
    settings.OPERATOR = "Sale Neighbours CIO"
    settings.OPERATOR_CONTACT = "data@sale.example.org"

    told = words(client, "privacy")

    assert "Sale Neighbours CIO runs this map" in told
    assert "data@sale.example.org" in told
    assert "data@sale.example.org" in words(client, "accessibility")


def test_the_notice_says_so_while_nobody_has_put_a_name_there(client, db):
    assert "They have not put their name here yet" in words(client, "privacy")


def test_the_notice_names_the_server_of_the_maps_pictures(client, db, settings):
    settings.TILE_URL = "https://tiles.example.org/{z}/{x}/{y}.png"
    assert "comes from tiles.example.org" in words(client, "privacy")

    settings.TILE_URL = ""
    assert "Your browser asks nobody else" in words(client, "privacy")


@pytest.mark.parametrize("name", ["privacy:my_data", "consent:mine"])
def test_rights_lead_to_the_page_where_one_has_them(client, db, name):
    try:
        url = reverse(name)
    except NoReverseMatch:
        pytest.fail(f"the notice leads to {name}, and there is no such page")

    assert f'href="{url}"' in client.get(reverse("frontend:privacy")).content.decode()


def test_the_notice_says_where_to_complain(client, db):
    told = words(client, "privacy")

    assert "we tell you within 30 days that we have it" in told
    assert "0303 123 1113" in told


@pytest.mark.parametrize("name", ["privacy", "cookies", "accessibility"])
def test_a_notice_begins_with_a_short_one_and_is_linked_at_every_foot(client, db, name):
    page = client.get(reverse(f"frontend:{name}")).content.decode()
    foot = client.get(reverse("frontend:help")).content.decode().rpartition("<footer")[2]

    assert page.index("In short") < page.index("<h2>")
    assert f'href="{reverse(f"frontend:{name}")}"' in foot


@pytest.mark.parametrize("name", ["privacy", "cookies", "accessibility"])
def test_a_notice_is_told_in_short_sentences(client, db, name):
    page = client.get(reverse(f"frontend:{name}")).content.decode()
    main = page.partition("<main")[2].partition("</main>")[0]
    pieces = re.sub(r"</(?:p|li|dd|dt|h1|h2)>", ". ", main)
    text = re.sub(r"<[^>]+>|&\w+;", " ", pieces)
    lengths = [len(sentence.split()) for sentence in re.split(r"[.:;?!]\s", text)]
    spoken = [length for length in lengths if length > 2]

    assert sum(spoken) / len(spoken) < 15
    assert max(spoken) <= 45
