"""A champion's work list at phone width: ring, put off, take it back, print."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from fans.connections.ties.models import Approach
from fans.people.services import confirm_address
from tests import factories


def ago(days):
    return timezone.localdate() - dt.timedelta(days=days)


@pytest.fixture
def champion(transactional_db):
    """Ben, of an area with a home where two things wait."""
    ben = factories.member("champion", area=factories.AreaFactory(), name="Ben")
    confirm_address(person=ben)
    home = factories.HomeFactory()
    partner = factories.PartnerFactory(
        asset__name="Ukulele Circle", asset__phone="0161 496 0111"
    )
    tie = factories.PartnershipFactory(home=home, partner=partner)
    for days in (60, 67, 74):
        factories.ConnectionFactory(partnership=tie, happened_on=ago(days))
    choir = factories.PartnerFactory(asset__name="Gospel Choir")
    asked = factories.PartnershipFactory(home=home, partner=choir)
    Approach.objects.create(partnership=asked, channel="visit", asked_on=ago(9))
    factories.HomeFactory(name="Heronsgate")
    return ben


def test_a_champion_rings_puts_off_takes_back_and_prints(phone, champion, sign_in, no_barriers):
    sign_in(phone, champion)
    phone.get_by_role("link", name="Work list").click()
    expect(
        phone.get_by_role("heading", name="Ukulele Circle and Larkfield House")
    ).to_be_visible()
    call = phone.get_by_role("link", name="Call Ukulele Circle")
    assert call.get_attribute("href") == "tel:01614960111"
    phone.get_by_text("Later, or close it: Gospel Choir").click()
    no_barriers(phone)
    for width in (390, 320):
        phone.set_viewport_size({"width": width, "height": 844})
        assert phone.evaluate("document.documentElement.scrollWidth") <= width

    phone.get_by_label("When to remind you").locator("visible=true").select_option("month")
    phone.get_by_role("button", name=re.compile("Take it off my list.*Gospel")).click()
    expect(phone.get_by_text("Put off until")).to_be_visible()
    expect(phone.get_by_text("Nothing is due.")).to_be_visible()
    phone.get_by_role("button", name="Undo").click()
    expect(phone.get_by_text("It stands on your list again.")).to_be_visible()
    expect(phone.get_by_role("heading", name="Gospel Choir has not answered")).to_be_visible()

    phone.get_by_role("link", name="Going quiet 1").click()
    expect(phone.get_by_role("heading", name="Going quiet")).to_be_visible()
    phone.emulate_media(media="print")
    expect(phone.get_by_text("0161 496 0111")).to_be_visible()
    expect(phone.get_by_role("link", name="Call Ukulele Circle")).to_be_hidden()
