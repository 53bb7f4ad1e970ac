"""Where a tie is missing: on a phone, by keyboard, with axe."""

import re

import pytest

from fans.connections.gaps.models import Dismissal
from fans.connections.models import Partnership
from tests import factories
from tests.browser.test_homes import NARROW, enter, is_as_wide_as_the_window
from tests.factories import SALE, metres_east


@pytest.fixture
def larkfield(transactional_db):
    home = factories.HomeFactory()
    factories.WishFactory(home=home, tags=["music"])
    factories.AssetFactory(
        name="Sale and District Community Choir",
        category="clubs_societies",
        location=metres_east(SALE, 300),
        could_give="A concert of old songs",
        wheelchair="yes",
        step_free="yes",
    )
    factories.AssetFactory(name="Far Shop", category="shops", location=metres_east(SALE, 4000))
    return home


def test_a_manager_puts_one_place_on_the_list_and_says_no_to_another(
    phone, live_server, client, larkfield, no_barriers
):
    enter(phone, live_server, client, factories.member("manager", home=larkfield))
    phone.goto(f"/homes/{larkfield.pk}/gaps/")
    phone.get_by_text("One wish for music and singing: 390 m away").wait_for()
    no_barriers(phone)
    phone.set_viewport_size(NARROW)
    assert is_as_wide_as_the_window(phone)

    phone.get_by_role("link", name=re.compile("Walk or wheel")).press("Enter")
    phone.get_by_text("1 place by this choice").wait_for()
    assert phone.get_by_text("Far Shop").count() == 0
    phone.get_by_role("button", name=re.compile("Put on our list.*Choir")).press("Enter")
    phone.get_by_text("is on the list of Larkfield House now").wait_for()
    assert Partnership.objects.get().status == "idea"
    phone.get_by_role("button", name="Undo").press("Enter")
    phone.get_by_text("is off the list").wait_for()

    phone.get_by_role("link", name=re.compile("No, because.*Far Shop")).press("Enter")
    phone.get_by_label("Too far for us").wait_for()
    no_barriers(phone)
    assert is_as_wide_as_the_window(phone)
    phone.get_by_label("Too far for us").press("Space")
    phone.get_by_role("button", name="Remember this").press("Enter")
    phone.get_by_text("is not suggested to Larkfield House any more").wait_for()

    phone.get_by_role("link", name=re.compile("What we said no to")).press("Enter")
    phone.get_by_role("button", name=re.compile("Take it back.*Far Shop")).wait_for()
    no_barriers(phone)
    assert is_as_wide_as_the_window(phone)
    phone.get_by_role("button", name=re.compile("Take it back.*Far Shop")).press("Enter")
    phone.get_by_text("may be suggested to Larkfield House again").wait_for()
    assert not Dismissal.objects.exists()


def test_the_areas_fit_a_phone(phone, live_server, client, larkfield, no_barriers):
    area = factories.AreaFactory(name="Sale Moor with a Rather Long Name", kind="neighbourhood")
    for number in range(2):
        factories.HomeFactory(name=f"Home {number}")
    enter(phone, live_server, client, factories.member("commissioner", area=area))

    phone.goto("/gaps/areas/")

    phone.get_by_role("rowheader", name="Sale Moor").wait_for()
    no_barriers(phone)
    phone.set_viewport_size(NARROW)
    assert is_as_wide_as_the_window(phone)
