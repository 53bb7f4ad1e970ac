"""Stopping mail on a phone, from the link at its end and from one's account."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from fans.people import services
from fans.people.post import receivers
from fans.people.post.addresses import hash_of_address
from fans.people.post.links import token_for
from fans.people.post.models import EVERY_KIND, Kind, Mail, State, Stop
from tests import factories
from tests.browser.conftest import PHONE
from tests.factories import PASSWORD

SMALL = {"width": 320, "height": 640}


@pytest.fixture
def ada(transactional_db):
    """Ada has an account."""
    return services.open_account(email="ada@example.org", name="Ada", password=PASSWORD)


@pytest.fixture
def fits(no_barriers):
    """Look over a page as it stands: no barriers, nothing wider than the window."""

    def look(page):
        no_barriers(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= page.viewport_size["width"]

    return look


def by_password(page, person):
    page.goto(reverse("account_login") + "?by=password")
    page.locator("[name=login]").fill(person.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("details button[type=submit]").click()
    page.wait_for_url(lambda url: "login" not in url)


@pytest.mark.parametrize("size", [PHONE, SMALL])
def test_mail_is_stopped_by_a_press_and_taken_back(ada, open_browser, fits, size):
    page = open_browser(size)
    known = hash_of_address(ada.email)
    page.goto(reverse("post:stop", args=[token_for(Kind.VOLUNTEERING, known)]))
    fits(page)
    assert not Stop.objects.exists()

    page.get_by_role("button", name="Send me no more of this kind").click()
    expect(page.get_by_text("You get no more of this kind")).to_be_visible()
    page.get_by_role("button", name="Send me no mail at all").click()
    expect(page.get_by_text("We send you no mail at all")).to_be_visible()
    fits(page)
    assert receivers.stopped_kinds(known) == {"volunteering", EVERY_KIND}

    page.get_by_role("button", name="I pressed it by mistake").click()
    page.get_by_role("button", name="I pressed it by mistake").click()
    expect(page.get_by_role("button", name="Send me no more of this kind")).to_be_visible()
    assert not Stop.objects.exists()


@pytest.mark.parametrize("size", [PHONE, SMALL])
def test_a_link_cut_in_two_is_explained(transactional_db, open_browser, fits, size):
    page = open_browser(size)
    page.goto(reverse("post:stop", args=["none-such"]))

    expect(page.get_by_role("heading", level=1)).to_have_text("This link is not complete")
    fits(page)


@pytest.mark.parametrize("size", [PHONE, SMALL])
def test_somebody_chooses_their_mail_from_the_page_of_their_account(
    ada, open_browser, fits, size
):
    receivers.note_bounce(ada.email)
    page = open_browser(size)
    by_password(page, ada)
    page.goto(reverse("people:account"))
    expect(page.get_by_text("Mail to you comes back")).to_be_visible()
    fits(page)

    page.get_by_role("link", name="Mail to you").click()
    fits(page)
    page.get_by_role("button", name="My mailbox works").click()
    expect(page.get_by_text("We write to this address again")).to_be_visible()
    page.get_by_label("Volunteering").uncheck()
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text("Saved.")).to_be_visible()
    assert receivers.stopped_kinds(hash_of_address(ada.email)) == {"volunteering"}


def test_an_administrator_reads_what_became_of_mail_on_a_phone(
    transactional_db, open_browser, fits
):
    ann = factories.member("administrator", name="Ann")
    services.confirm_address(person=ann)
    Mail.objects.create(to="a@example.org", subject="Your code", state=State.KEPT)
    Mail.objects.create(to="b@example.org", state=State.BOUNCED)
    page = open_browser(SMALL)
    by_password(page, ann)

    page.goto(reverse("people:outbox"))

    expect(page.get_by_text("Came back")).to_be_visible()
    fits(page)
