"""Signing out leaves nothing in the browser; signing in once more is no signing out."""

import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db

CLEARS = "Clear-Site-Data"


@pytest.fixture
def signed_in(client, champion):
    client.force_login(champion)
    return client


def test_signing_out_clears_what_the_browser_keeps(signed_in):
    response = signed_in.post(reverse("account_logout"))

    assert response[CLEARS] == '"storage"'
    assert "_auth_user_id" not in signed_in.session


def test_asking_whether_to_sign_out_clears_nothing(signed_in):
    assert CLEARS not in signed_in.get(reverse("account_logout"))


def test_a_stranger_clears_nothing(client):
    assert CLEARS not in client.post(reverse("account_logout"))


def test_signing_in_once_more_keeps_what_waits_to_be_sent(signed_in):
    again = {"next": f"{reverse('account_login')}?next=/account/"}
    response = signed_in.post(reverse("account_logout"), again)

    assert "_auth_user_id" not in signed_in.session
    assert CLEARS not in response


def test_the_admin_sites_signing_out_clears_it_too(client):
    client.force_login(factories.member("administrator"))

    assert client.post(reverse("admin:logout"))[CLEARS] == '"storage"'


def test_a_session_whose_time_is_over_clears_nothing(signed_in):
    session = signed_in.session
    session["ends"] = 1
    session.save()

    response = signed_in.get("/help/")

    assert "_auth_user_id" not in signed_in.session
    assert CLEARS not in response
