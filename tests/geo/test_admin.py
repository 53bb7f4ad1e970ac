"""Administrators look areas up; roles hang on them, so none is deleted."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db

LIST = "/admin/geo/area/"


def test_an_administrator_finds_an_area_and_its_map(client, administrator):
    area = factories.AreaFactory(name="Sale Moor")
    client.force_login(administrator)

    assert "Sale Moor" in client.get(LIST, {"q": "moor"}).content.decode()
    assert "L.Map.djangoMap" in client.get(f"{LIST}{area.pk}/change/").content.decode()


@pytest.mark.parametrize("boundary", ["", "{", "POINT(1 2)", '{"type":"Polygon"}', "\x00"])
def test_a_malformed_boundary_is_an_error_of_the_form(client, administrator, boundary):
    area = factories.AreaFactory()
    client.force_login(administrator)

    response = client.post(f"{LIST}{area.pk}/change/", {"name": "X", "boundary": boundary})

    assert response.status_code == 200
    area.refresh_from_db()
    assert area.name != "X"


def test_an_area_is_never_deleted_here(client, administrator):
    area = factories.AreaFactory()
    client.force_login(administrator)

    assert client.post(f"{LIST}{area.pk}/delete/", {"post": "yes"}).status_code == 403
