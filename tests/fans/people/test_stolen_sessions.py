"""Sessions in the wrong hands: a copied cookie, one that was planted, another's passkey."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from fans.people import services
from fans.people.models import Person
from tests.factories import PASSWORD

ADA = "ada@example.org"
NEW = "blue teapot on a boat"


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    cache.clear()


@pytest.fixture
def ada(db) -> Person:
    """Ada has an account with a confirmed address."""
    return services.open_account(email=ADA, name="Ada", password=PASSWORD)


def _password(client):
    client.post(reverse("account_login"), {"login": ADA, "password": PASSWORD})


def _is_in(client) -> bool:
    return client.get(reverse("people:account")).status_code == 200


def _plain(response) -> str:
    """A page without what differs at every answer."""
    return re.sub(r'(nonce|value|csrfmiddlewaretoken)="[^"]*"', "", response.content.decode())


def _copied(client) -> Client:
    """A thief's browser, with the cookies of somebody else's."""
    thief = Client()
    for name, cookie in client.cookies.items():
        thief.cookies[name] = cookie.value
    return thief


def test_a_copied_cookie_ends_when_the_password_changes(ada):
    own = Client()
    _password(own)
    thief = _copied(own)
    was_in = _is_in(thief)
    changed = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    own.post(reverse("account_change_password"), changed)

    assert was_in
    assert _is_in(own)
    assert not _is_in(thief)
    assert not _is_in(_copied(thief))


@pytest.mark.parametrize("way", ["account_logout", "usersessions_list"])
def test_a_copied_cookie_ends_when_its_owner_signs_out(way, ada):
    own, phone = Client(), Client()
    _password(own)
    _password(phone)
    thief = _copied(phone if way == "usersessions_list" else own)
    was_in = _is_in(thief)
    own.post(reverse(way))

    assert was_in
    assert not _is_in(thief)


def test_a_cookie_given_to_somebody_before_is_not_the_one_they_sign_in_with(ada):
    thief = Client()
    thief.post(reverse("account_request_login_code"), {"email": ADA})
    code = re.search(r"^\s+(\S+)$", mail.outbox[-1].body, re.MULTILINE)[1]
    victim = _copied(thief)
    victim.post(reverse("account_confirm_login_code"), {"code": code})

    assert _is_in(victim)
    assert not _is_in(thief)


def test_a_closed_account_is_out_at_its_next_request(ada):
    own = Client()
    _password(own)
    Person.objects.update(is_active=False)

    assert not _is_in(own)


@pytest.mark.parametrize("route", ["mfa_edit_webauthn", "mfa_remove_webauthn"])
def test_anothers_passkey_answers_as_if_it_did_not_exist(route, ada):
    theirs = services.open_account(email="ben@example.org").authenticator_set.create(
        type="webauthn", data={"name": "My phone", "credential": {}}
    )
    client = Client()
    _password(client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.get(reverse("people:account"))  # which says that they are signed in
    for ask in (client.get, client.post):
        answers = [ask(reverse(route, args=[pk]), {"name": "X"}) for pk in (theirs.pk, 10**9)]

        assert [each.status_code for each in answers] == [404, 404]
        assert _plain(answers[0]) == _plain(answers[1])
    theirs.refresh_from_db()
    assert theirs.data["name"] == "My phone"
