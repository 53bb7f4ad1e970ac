"""Administrators correct and place homes; nobody else comes in."""

import pytest

from homes.models import Home
from tests import factories
from tests.factories import SALE, metres_east

pytestmark = pytest.mark.django_db

LIST = "/admin/homes/home/"


def post_with(client, home: Home, **changes):
    url = f"{LIST}{home.pk}/change/"
    fields = client.get(url).context["adminform"].form.initial
    posted = {name: "" if value is None else value for name, value in fields.items()}
    posted["location"] = home.location.geojson if home.location else ""
    for name, count in (("TOTAL", 0), ("INITIAL", 0), ("MIN_NUM", 0), ("MAX_NUM", 0)):
        posted[f"registrations-{name}_FORMS"] = count
    return client.post(url, posted | changes)


def test_an_administrator_finds_a_home_and_its_map(client, administrator):
    home = factories.HomeFactory(name="Beech")
    client.force_login(administrator)

    assert "Beech" in client.get(LIST, {"q": "beech"}).content.decode()
    form = client.get(f"{LIST}{home.pk}/change/").content.decode()
    assert "L.Map.djangoMap" in form
    assert home.registrations.get().regulator_id in form


def test_a_home_placed_by_hand_stands_there_exactly(client, administrator):
    home = factories.HomeFactory(location_precision="postcode")
    client.force_login(administrator)
    there = metres_east(SALE, 50)

    response = post_with(client, home, location=there.geojson)

    assert response.status_code == 302
    home.refresh_from_db()
    assert (home.location_precision, home.location_source) == ("exact", "map")
    assert home.location.equals_exact(there, 1e-6)


def test_a_new_telephone_number_leaves_the_place_as_it_was(client, administrator):
    home = factories.HomeFactory(location_precision="postcode")
    client.force_login(administrator)

    post_with(client, home, phone="0161 000 0099")

    home.refresh_from_db()
    assert home.phone == "0161 000 0099"
    assert (home.location_precision, home.location_source) == ("postcode", "register")


def test_a_home_without_a_place_has_no_precision(client, administrator):
    home = factories.HomeFactory()
    client.force_login(administrator)

    assert post_with(client, home, location="").status_code == 302

    home.refresh_from_db()
    assert (home.location, home.location_precision, home.location_source) == (None, "", "")


def test_a_home_is_never_deleted_here(client, administrator):
    home = factories.HomeFactory()
    client.force_login(administrator)

    assert client.post(f"{LIST}{home.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_champion_is_kept_out(client, champion):
    client.force_login(champion)

    assert client.get(LIST).status_code in {302, 403}
