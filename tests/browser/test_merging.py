"""A champion merges two records on a phone, follows the old address, and undoes it."""

import pytest
from django.conf import settings
from django.test import Client

from assets.twins.models import Merge
from tests import factories
from tests.factories import SALE, box, metres_east


@pytest.fixture
def cass(transactional_db):
    return factories.member("champion", area=factories.AreaFactory(boundary=box(SALE)))


@pytest.fixture
def two(transactional_db):
    keep = factories.AssetFactory(name="St Anne’s Church", phone="0161 496 0001")
    lose = factories.AssetFactory(
        name="Church of St Anne",
        phone="0161 496 0002",
        website="https://example.org/" + "st-anne" * 12,
        location=metres_east(SALE, 40),
    )
    return keep, lose


def enter(page, live_server, person):
    """Give the window the cookie of a person who has signed in."""
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value}
    page.context.add_cookies([{**cookie, "url": live_server.url}])


def is_too_wide(page):
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def test_two_records_become_one_and_two_again(phone, live_server, cass, two, no_barriers):
    keep, lose = two
    enter(phone, live_server, cass)
    phone.goto(f"/places/{keep.pk}/")
    phone.get_by_role("link", name="This is the same as another record").click()
    no_barriers(phone)
    phone.get_by_label("Search by name").fill("st anne")
    phone.get_by_role("button", name="Search").click()
    phone.get_by_role("link", name="Church of St Anne").click()
    phone.locator("[data-map][data-state=ready]").wait_for()
    no_barriers(phone)
    assert not is_too_wide(phone)

    phone.get_by_label("Take: 0161 496 0002").check()
    phone.get_by_role("button", name="Yes, make them one").click()
    phone.get_by_role(
        "heading", name="Church of St Anne is part of St Anne’s Church"
    ).wait_for()
    no_barriers(phone)

    phone.goto(f"/places/{lose.pk}/")
    assert phone.url.endswith(f"/places/{keep.pk}/")
    assert phone.get_by_role("link", name="0161 496 0002").first.is_visible()
    phone.goto(f"/merges/{Merge.objects.get().pk}/")
    phone.get_by_role("button", name="Undo this merge").click()
    phone.get_by_role("heading", name="are two again").wait_for()
    no_barriers(phone)
    phone.goto(f"/places/{lose.pk}/")
    assert phone.url.endswith(f"/places/{lose.pk}/")
    phone.goto(f"/places/{keep.pk}/")
    assert phone.get_by_role("link", name="0161 496 0001").first.is_visible()
    phone.goto("/merges/")
    no_barriers(phone)


def test_the_keyboard_alone_merges_without_the_site_s_script_on_the_narrowest_phone(
    open_browser, live_server, cass, two
):
    keep, lose = two
    page = open_browser({"width": 320, "height": 640}, java_script_enabled=False)
    enter(page, live_server, cass)
    page.goto(f"/places/{keep.pk}/merge/?with={lose.pk}")

    page.get_by_label("Keep: 0161 496 0001").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Yes, make them one").focus()
    page.keyboard.press("Enter")

    page.get_by_role("heading", name="is part of").wait_for()
    keep.refresh_from_db()
    assert keep.phone == "0161 496 0002"
