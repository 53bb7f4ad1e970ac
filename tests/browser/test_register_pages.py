"""Changes of the register, ties of closed homes, a home's offers: on a phone, with axe."""

import datetime as dt
import re

import pytest

from homes.models import HomeAsset, RegisterChange
from tests import factories
from tests.browser.test_homes import NARROW, enter, is_as_wide_as_the_window


@pytest.fixture
def larkfield(transactional_db):
    """A home with changes of every kind, and a closed one with a tie."""
    home = factories.HomeFactory(name="Larkfield House with a Long Name", postcode="M33 2DH")
    registration = home.registrations.get()
    for kind in ("new", "renamed", "moved", "beds_changed", "reopened"):
        RegisterChange.objects.create(
            registration=registration,
            kind=kind,
            before="12 Long Street Name, Sale, Greater Manchester, M33 2DH",
            after="Larkfield House Residential and Nursing Care Home",
        )
    closed = factories.HomeFactory(name="Ash View", address="6 Ash Lane, Sale")
    closed.registrations.update(until=dt.date(2026, 6, 1))
    RegisterChange.objects.create(registration=closed.registrations.get(), kind="closed")
    factories.PartnershipFactory(home=closed)
    factories.HomeAssetFactory(home=home, description="Raised beds, and a greenhouse")
    return home


@pytest.fixture
def champion(larkfield):
    return factories.member("champion", area=factories.AreaFactory())


@pytest.mark.parametrize("path", ["/homes/changes/", "/connections/closed-homes/"])
def test_a_champions_pages_fit_a_phone(phone, live_server, client, champion, path, no_barriers):
    enter(phone, live_server, client, champion)
    phone.goto(path)
    no_barriers(phone)
    phone.set_viewport_size(NARROW)
    assert is_as_wide_as_the_window(phone)


def test_a_champion_marks_changes_as_seen_by_keyboard(
    phone, live_server, client, champion, no_barriers
):
    enter(phone, live_server, client, champion)
    phone.goto("/homes/changes/")
    phone.get_by_text("6 changes to look at").wait_for()

    phone.get_by_role("button", name=re.compile("Seen.*Moved, Larkfield")).press("Enter")
    phone.get_by_text("1 change marked as seen.").wait_for()
    phone.get_by_role("button", name="Mark all 5 as seen").press("Enter")

    phone.get_by_text("Nothing new").wait_for()
    no_barriers(phone)


def test_a_manager_adds_an_offer_and_takes_one_back(
    phone, live_server, client, larkfield, no_barriers
):
    enter(phone, live_server, client, factories.member("manager", home=larkfield))
    phone.goto(f"/homes/{larkfield.pk}/offers/")
    no_barriers(phone)
    phone.set_viewport_size(NARROW)
    assert is_as_wide_as_the_window(phone)

    phone.get_by_label("What is it?").select_option("minibus")
    phone.get_by_label("Show it to everybody, not").check()
    phone.get_by_role("button", name="Add to the list").press("Enter")
    phone.get_by_text("Minibus is listed.").wait_for()
    phone.get_by_role("button", name=re.compile("Withdraw.*Raised beds")).press("Enter")
    phone.get_by_role("button", name=re.compile("Put back.*Raised beds")).press("Enter")
    phone.get_by_text("is listed again.").wait_for()

    no_barriers(phone)
    assert HomeAsset.objects.listed().count() == 2
