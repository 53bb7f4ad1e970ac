"""The layers over the map: months by keyboard, without motion, without scripts, with axe."""

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from fans.connections.layers.services import count_volunteers
from tests import factories
from tests.browser.test_homes import NARROW, enter, is_as_wide_as_the_window
from tests.factories import SALE, box, metres_east


@pytest.fixture
def larkfield(transactional_db):
    home = factories.HomeFactory()
    today = timezone.localdate()
    factories.EnrolmentFactory(home=home, starts_on=today - dt.timedelta(days=45))
    for name, east, days, way in (
        ("Sale Choir", 300, (40, 29), "in"),
        ("Canal Garden", 600, (2, 9, 12), "out"),
    ):
        partner = factories.PartnerFactory(
            asset__name=name, asset__location=metres_east(SALE, east)
        )
        tie = factories.PartnershipFactory(home=home, partner=partner)
        for ago in days:
            day = today - dt.timedelta(days=ago)
            factories.ConnectionFactory(partnership=tie, happened_on=day, direction=way)
    return home


def test_a_manager_walks_through_the_months_by_keyboard(
    phone, live_server, client, larkfield, no_barriers
):
    enter(phone, live_server, client, factories.member("manager", home=larkfield))
    phone.goto(f"/homes/{larkfield.pk}/ties/map/")
    slider = phone.get_by_role("slider", name="Month")
    choir = phone.get_by_role("link", name=re.compile("^Sale Choir: "))
    expect(choir).to_have_attribute("aria-label", "Sale Choir: going quiet")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("so far: 1 tie met 3 times"))
    no_barriers(phone)

    asked = []
    phone.on("request", lambda request: asked.append(request.url))
    slider.press("ArrowLeft")
    expect(choir).to_have_attribute("aria-label", "Sale Choir: 2 times, they come")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("month 1: 1 tie met 2 times"))
    drawn = phone.locator(".leaflet-container path.tie-line.way-in.band-2.state-met")
    expect(drawn).to_have_count(1)
    slider.press("Home")
    expect(choir).to_have_attribute("aria-label", "Sale Choir: not met yet")
    assert [url for url in asked if "/ties/" in url] == []

    phone.get_by_role("button", name="Play the months").press("Enter")
    expect(phone.get_by_role("button", name="Stop")).to_be_visible()
    expect(choir).to_have_attribute("aria-label", "Sale Choir: 2 times, they come")
    phone.set_viewport_size(NARROW)
    assert is_as_wide_as_the_window(phone)


def test_nothing_plays_where_less_motion_is_asked_for_nor_is_lost_without_scripts(
    open_browser, live_server, client, larkfield
):
    manager = factories.member("manager", home=larkfield)
    still = open_browser(reduced_motion="reduce")
    enter(still, live_server, client, manager)
    still.goto(f"/homes/{larkfield.pk}/ties/map/")
    expect(still.get_by_role("slider", name="Month")).to_be_visible()
    expect(still.get_by_role("button", name="Play the months")).to_be_hidden()

    plain = open_browser(java_script_enabled=False)
    enter(plain, live_server, client, manager)
    plain.goto(f"/homes/{larkfield.pk}/ties/map/?order=name")
    expect(plain.get_by_role("rowheader", name="Sale Choir")).to_be_visible()
    expect(plain.get_by_text("2 times, they come")).to_have_count(1)


def test_areas_and_squares_are_shaded_and_lead_to_their_rows(
    desktop, live_server, client, larkfield, no_barriers
):
    area = factories.AreaFactory(name="Sale Moor", boundary=box(SALE, 0.05))
    for number in range(9):
        factories.HomeFactory(name=f"Home {number}")
        factories.VolunteerFactory(stage="active")
    count_volunteers(day=timezone.localdate())
    enter(desktop, live_server, client, factories.member("commissioner", area=area))

    desktop.goto("/gaps/areas/map/")
    label = desktop.get_by_role("link", name=re.compile("^Sale Moor: "))
    expect(label).to_be_visible()
    no_barriers(desktop)
    label.press("Enter")
    expect(desktop).to_have_url(re.compile(rf"#area-{area.pk}$"))

    desktop.goto("/coverage/")
    expect(desktop.get_by_text("areas of 2 champions or more")).to_be_visible()
    desktop.get_by_label("Volunteers", exact=True).check()
    expect(desktop.get_by_role("link", name=re.compile(": about 10$"))).to_be_visible()
    expect(desktop.get_by_text("areas of 2 champions or more")).to_be_hidden()
    no_barriers(desktop)
