"""The list of homes, and a champion who says that two are one: on a phone, by keyboard."""

import datetime as dt

import pytest
from django.conf import settings

from geo.models import PostcodeCell
from homes.models import Home, RegistrationQuestion
from tests import factories
from tests.factories import SALE, metres_east

NARROW = {"width": 320, "height": 640}


@pytest.fixture
def homes(transactional_db):
    """Twenty-five homes around Sale, one of them small, and one question."""
    PostcodeCell.objects.create(code="M33 2", kind="sector", location=SALE, postcodes_count=60)
    for number in range(23):
        factories.HomeFactory(
            name=f"Lark Lane {number:02}", location=metres_east(SALE, 50 * number)
        )
    factories.HomeFactory(name="Two Friends", beds=4)
    old = factories.HomeFactory(name="Ash View Residential Care Home", address="6 Ash Lane")
    old.registrations.update(until=dt.date(2026, 6, 1), provider="Ash View Care Limited")
    new = factories.HomeFactory(name="Ash Lodge", address="6 Ash Lane, Sale")
    RegistrationQuestion.objects.create(
        gone=old.registrations.get(), new=new.registrations.get()
    )


def enter(page, live_server, client, person) -> None:
    """Give the window the cookie of a person who has signed in."""
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
    page.context.add_cookies([cookie])


def is_as_wide_as_the_window(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_somebody_finds_a_home_near_their_postcode_by_keyboard(phone, homes, no_barriers):
    phone.goto("/homes/")
    no_barriers(phone)

    phone.get_by_label("Find a home").focus()
    phone.keyboard.type("M33 2ZZ")
    phone.keyboard.press("Enter")

    phone.get_by_text("25 homes within 5 km of M33 2, nearest first").wait_for()
    assert phone.get_by_text("Two Friends").count() == 0
    no_barriers(phone)
    phone.get_by_role("link", name="More").press("Enter")
    phone.get_by_text("Page 2 of 2").wait_for()


@pytest.mark.parametrize("path", ["/homes/", "/homes/?q=castle", "/homes/?page=2"])
def test_the_list_fits_a_narrow_window(open_browser, homes, path):
    page = open_browser(NARROW)

    page.goto(path)

    assert is_as_wide_as_the_window(page)


def test_a_champion_says_that_two_homes_are_one(phone, live_server, client, homes, no_barriers):
    enter(
        phone, live_server, client, factories.member("champion", area=factories.AreaFactory())
    )
    phone.goto("/homes/questions/")
    no_barriers(phone)
    assert is_as_wide_as_the_window(phone)

    phone.get_by_role("button", name="Yes, it is the same home").press("Enter")

    phone.get_by_text("Ash Lodge goes on with its ties and its log.").wait_for()
    assert phone.get_by_text("Nothing to answer").is_visible()
    no_barriers(phone)
    assert Home.objects.filter(name__startswith="Ash").count() == 1
