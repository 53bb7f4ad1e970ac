"""A home's coordinator at phone width: whom we know, whom we would like to know, asking."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from fans.connections.models import Connection
from fans.connections.steps.models import Acquaintance, Pick
from fans.connections.ties.models import Approach
from fans.openness.services import plan_waves
from fans.people.services import confirm_address
from tests import factories
from tests.browser.conftest import PHONE
from tests.factories import SALE, AssetFactory, metres_east


@pytest.fixture
def look(no_barriers):
    """Look over a page as it stands: no barriers, nothing wider than the window."""

    def over(page) -> None:
        no_barriers(page)
        for width in (390, 320):
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
        page.set_viewport_size(PHONE)

    return over


@pytest.fixture
def grace(transactional_db):
    """The coordinator of a home that began five days ago, with a garden near it and a wish."""
    home = factories.HomeFactory()
    begun = timezone.localdate() - dt.timedelta(days=5)
    plan_waves(enrolment=factories.EnrolmentFactory(home=home, starts_on=begun))
    AssetFactory(name="Canal garden", location=metres_east(SALE, 300), phone="0161 496 0700")
    AssetFactory(name="St Anne's Church", category="faith", location=metres_east(SALE, 200))
    factories.WishFactory(home=home, tags=["gardening"])
    person = factories.member("coordinator", home=home, name="Grace Field")
    confirm_address(person=person)
    return person


def test_a_home_takes_its_first_three_steps_on_a_phone(phone, grace, look, sign_in):
    sign_in(phone, grace)
    phone.get_by_role("link", name="Go on with step 1").click()

    # 1: names at once, one found on the map, one new with what is remembered
    phone.get_by_role("link", name="Begin with step 1").click()
    phone.get_by_label("One on each line").fill("Postwoman\nWindow cleaner")
    phone.get_by_role("button", name="Put them down").click()
    expect(phone.get_by_role("heading", name="To sort: 2")).to_be_visible()
    phone.get_by_label("What do you call them?").fill("church")
    phone.get_by_role("button", name="Look on the map").click()
    phone.get_by_label("St Anne's Church").check()
    phone.get_by_role("button", name="Save, and the next").click()
    expect(phone.get_by_role("heading", name="You know 1")).to_be_visible()
    phone.get_by_role("link", name="Postwoman").click()
    phone.get_by_label("A neighbour").check()
    phone.get_by_label("Kitchen").check()
    phone.get_by_label("How many times between").fill("4")
    phone.get_by_label("They came").check()
    phone.get_by_role("button", name="Save", exact=True).click()
    expect(phone.get_by_role("heading", name="You know 2")).to_be_visible()
    look(phone)
    assert Connection.objects.get().source == "recall"

    # 2: a slip taken back, then the garden
    phone.get_by_role("button", name="That is all we can think of").click()
    expect(phone.get_by_text("Gardens and growing: 1 wish", exact=True)).to_be_visible()
    phone.get_by_role("button", name="Shortlist Canal garden").click()
    phone.get_by_role("button", name="Undo").click()
    phone.get_by_role("button", name="Shortlist Canal garden").click()
    expect(phone.get_by_text("Because of: gardens and growing")).to_be_visible()
    look(phone)
    assert Pick.objects.get().themes == ["gardening"]

    # 3: words to say, and what came of it
    phone.get_by_role("button", name="These are the ones to ask").click()
    look(phone)
    phone.get_by_role("link", name="Canal garden").click()
    expect(phone.get_by_role("heading", name="Words to say")).to_be_visible()
    look(phone)
    phone.get_by_role("button", name="Note that we asked").click()
    expect(phone.get_by_role("heading", name="Asked", exact=True)).to_be_visible()
    assert Approach.objects.get().channel == "phone"
    assert Acquaintance.objects.to_sort().get().name == "Window cleaner"
