"""Signing in speaks this site's own words."""

import pytest
from django.urls import reverse

from fans.people import services
from tests.factories import PASSWORD

SIGNED_IN = ["account_change_password", "account_reauthenticate"]
OPEN = ["account_login", "account_request_login_code", "account_reset_password"]


@pytest.mark.parametrize("route", [*OPEN, *SIGNED_IN])
def test_every_form_labels_its_fields_and_hides_nothing_in_placeholders(client, db, route):
    if route in SIGNED_IN:
        client.force_login(services.open_account(email="a@example.org", password=PASSWORD))

    page = client.get(reverse(route)).content.decode()

    assert "placeholder=" not in page
    assert "<ul><li>Your password" not in page
    assert 'autocomplete="username"' in page


def test_a_wrong_field_is_named(client, db):
    page = client.post(reverse("account_login"), {"login": "", "password": ""})

    assert page.status_code == 200
    assert page.context["form"].errors.keys() == {"login", "password"}
