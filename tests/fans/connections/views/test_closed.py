"""A closed home's open ties are listed for its champion."""

import datetime as dt

import pytest

from tests import factories
from tests.factories import NORWICH, SALE, box

pytestmark = pytest.mark.django_db

PAGE = "/connections/closed-homes/"


def tie(name, *, closed=True, location=SALE, **values):
    home = factories.HomeFactory(name=name, location=location)
    if closed:
        home.registrations.update(until=dt.date(2026, 9, 1))
    asset = factories.AssetFactory(name=f"Choir of {name}")
    partner = factories.PartnerFactory(asset=asset)
    return factories.PartnershipFactory(home=home, partner=partner, **values)


@pytest.fixture
def champion(client):
    area = factories.AreaFactory(boundary=box(SALE))
    client.force_login(factories.member("champion", area=area))


def test_lists_the_open_ties_of_closed_homes_in_the_area(client, champion):
    tie("Ash View")
    tie("Fern Court", status="ended")
    tie("Standing House", closed=False)
    tie("Norfolk Lodge", location=NORWICH)

    page = client.get(PAGE).content.decode()

    assert "1 open tie" in page
    assert "Choir of Ash View" in page
    for other in ("Fern Court", "Standing House", "Norfolk Lodge"):
        assert other not in page


def test_a_home_with_another_registration_has_not_closed(client, champion):
    partnership = tie("Ash View")
    factories.RegistrationFactory(home=partnership.home)

    assert "No tie is left hanging" in client.get(PAGE).content.decode()


def test_others_are_kept_out(client):
    client.force_login(factories.member("administrator"))

    assert client.get(PAGE).status_code in {403, 404}
