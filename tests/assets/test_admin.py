"""Administrators look assets up and correct them; nobody else comes in."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db

LIST = "/admin/assets/asset/"


def test_an_administrator_finds_an_asset_and_its_map(client, administrator):
    asset = factories.AssetFactory(name="Old Boathouse Café")
    factories.AssetFactory(name="Moss Lane Bowling Club")
    client.force_login(administrator)

    page = client.get(LIST, {"q": "cafe"}).content.decode()
    assert "Old Boathouse Café" in page
    assert "Moss Lane" not in page
    form = client.get(f"{LIST}{asset.pk}/change/").content.decode()
    assert "L.Map.djangoMap" in form
    assert 'nonce="None"' not in form


def test_an_administrator_closes_an_asset(client, administrator):
    asset = factories.AssetFactory(source_ref="node/5")
    client.force_login(administrator)
    page = client.get(f"{LIST}{asset.pk}/change/")
    fields = page.context["adminform"].form.initial
    posted = {name: "" if value is None else value for name, value in fields.items()}
    posted |= {"state": "closed", "location": asset.location.geojson}

    response = client.post(f"{LIST}{asset.pk}/change/", posted)

    assert response.status_code == 302, response.context["adminform"].form.errors
    asset.refresh_from_db()
    assert (asset.state, asset.source_ref) == ("closed", "node/5")


@pytest.mark.parametrize("location", ["", "POINT(1 2", "{", "0101", '{"type":"Point"}', "\x00"])
def test_a_malformed_place_is_an_error_of_the_form(client, administrator, location):
    asset = factories.AssetFactory()
    client.force_login(administrator)

    response = client.post(f"{LIST}{asset.pk}/change/", {"name": "X", "location": location})

    assert response.status_code == 200
    asset.refresh_from_db()
    assert asset.name != "X"


def test_nothing_is_added_or_deleted_here(client, administrator):
    asset = factories.AssetFactory()
    client.force_login(administrator)

    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(f"{LIST}{asset.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_champion_is_kept_out(client, champion):
    client.force_login(champion)

    assert client.get(LIST).status_code == 403
