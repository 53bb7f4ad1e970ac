"""Signing in and out: by password, by code, and never telling who has an account."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from fans.people import services
from fans.people.models import Person
from fans.people.post.models import Mail
from tests.factories import PASSWORD


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    """Counters of earlier tests live in this process's cache."""
    cache.clear()


@pytest.fixture
def outbox(settings):
    """Mail as the site sends it, through its own policy."""
    settings.EMAIL_BACKEND = "fans.people.post.backend.QueueBackend"
    return Mail.objects


@pytest.fixture
def ada(db) -> Person:
    """Ada has an account with a confirmed address."""
    return services.open_account(email="ada@example.org", name="Ada", password=PASSWORD)


def _sign_in(client, email="ada@example.org", password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def _signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_a_person_signs_in_with_a_password_and_out_by_a_press(client, ada):
    _sign_in(client)
    signed_in = _signed_in(client)
    client.post(reverse("account_logout"))

    assert signed_in
    assert not _signed_in(client)


def test_looking_at_the_way_out_signs_nobody_out(client, ada):
    client.force_login(ada)

    response = client.get(reverse("account_logout"))

    assert response.status_code == 200
    assert _signed_in(client)


def test_a_person_signs_in_with_a_code_from_the_mail(client, ada, outbox):
    client.post(reverse("account_request_login_code"), {"email": "ada@example.org"})
    code = re.search(r"^\s+(\S+)$", outbox.get().body, re.MULTILINE)[1]
    client.post(reverse("account_confirm_login_code"), {"code": code})

    assert _signed_in(client)


def test_a_wrong_code_signs_nobody_in(client, ada, outbox):
    client.post(reverse("account_request_login_code"), {"email": "ada@example.org"})
    response = client.post(reverse("account_confirm_login_code"), {"code": "AAAA-BBBB"})

    assert response.status_code == 200
    assert not _signed_in(client)


@pytest.mark.parametrize("route", ["account_request_login_code", "account_reset_password"])
def test_asking_for_mail_does_not_tell_who_has_an_account(client, ada, outbox, route):
    known = client.post(reverse(route), {"email": "ada@example.org"})
    first = client.get(known["Location"])
    client.cookies.clear()
    unknown = client.post(reverse(route), {"email": "bob@example.org"})
    second = client.get(unknown["Location"])

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert _plain(first, "ada") == _plain(second, "bob")
    # Nobody is mailed because a stranger typed their address.
    assert outbox.get().to == "ada@example.org"


def _plain(response, name: str) -> str:
    text = response.content.decode().replace(name, "x")
    return re.sub(r'(nonce|value|csrfmiddlewaretoken)="[^"]*"', "", text)


def test_a_wrong_password_and_an_unknown_address_read_alike(client, ada):
    wrong = _sign_in(client, password="not the password")
    unknown = _sign_in(client, email="bob@example.org")

    assert wrong.status_code == unknown.status_code == 200
    assert _plain(wrong, "ada") == _plain(unknown, "bob")


def test_five_wrong_tries_close_one_account_and_not_the_house(client, ada):
    services.open_account(email="ben@example.org", password=PASSWORD)
    for _ in range(5):
        _sign_in(client, password="not the password")

    _sign_in(client)
    ada_in = _signed_in(client)
    _sign_in(client, email="ben@example.org")

    assert not ada_in
    assert _signed_in(client)


def test_thirty_people_behind_one_router_sign_in_within_a_minute(client, db):
    for number in range(30):
        services.open_account(email=f"p{number}@example.org", password=PASSWORD)
        _sign_in(client, email=f"p{number}@example.org", password="wrong once")
        _sign_in(client, email=f"p{number}@example.org")
        assert _signed_in(client)
        client.cookies.clear()


@pytest.mark.parametrize(
    ("wanted", "taken"),
    [
        ("/map/?q=M33", "/map/?q=M33"),
        ("https://evil.example/", None),
        ("//evil.example/", None),
        ("javascript:alert(1)", None),
    ],
)
def test_goes_on_to_addresses_of_this_site_alone(client, ada, wanted, taken):
    response = _sign_in(client, next=wanted)

    assert response["Location"] == (taken or reverse("frontend:today"))


def test_an_account_without_a_confirmed_address_is_asked_to_confirm(client, db, outbox):
    Person.objects.create_user("new@example.org", PASSWORD)

    response = _sign_in(client, email="new@example.org")

    assert response["Location"] == reverse("account_email_verification_sent")
    assert not _signed_in(client)
    link = re.search(r"http://testserver(\S+)", outbox.get().body)[1]
    assert client.get(link).status_code == 200
    client.post(link)
    _sign_in(client, email="new@example.org")
    assert _signed_in(client)


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(client, ada, outbox):
    client.post(reverse("account_reset_password"), {"email": "ada@example.org"})
    link = re.search(r"http://testserver(\S+)", outbox.get().body)[1]
    form = client.get(link)["Location"]
    page = client.get(form)
    new = {"password1": "blue teapot on a boat", "password2": "blue teapot on a boat"}
    client.post(form, new)
    _sign_in(client, password="blue teapot on a boat")

    assert page.status_code == 200
    assert _signed_in(client)
    client.cookies.clear()
    assert "does not work any more" in client.get(link).content.decode()


@pytest.mark.parametrize(
    "password", ["short", "carehome12", "1234567890123", "ada@example.org"]
)
def test_refuses_weak_passwords(client, ada, password):
    client.force_login(ada)

    response = client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": password, "password2": password},
    )

    assert response.status_code == 200
    ada.refresh_from_db()
    assert ada.check_password(PASSWORD)


def test_a_closed_account_is_told_so_and_stays_out(client, ada):
    Person.objects.filter(pk=ada.pk).update(is_active=False)

    response = _sign_in(client)

    assert response["Location"] == reverse("account_inactive")
    assert client.get(response["Location"]).status_code == 200
    assert not _signed_in(client)


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(client, ada):
    _sign_in(client)

    cookie = client.cookies["fans-sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_session_is_a_new_one_after_signing_in(client, ada):
    client.get(reverse("account_login"))
    _sign_in(client)
    first = client.session.session_key
    client.post(reverse("account_logout"))
    _sign_in(client)

    assert client.session.session_key != first


def test_password_pages_name_the_account_for_password_managers(client, ada):
    client.force_login(ada)

    page = client.get(reverse("account_change_password")).content.decode()

    assert 'autocomplete="username" value="ada@example.org"' in page


def test_no_page_offers_to_sign_up(client, db):
    assert client.get("/accounts/signup/").status_code == 404
    assert "sign up" not in client.get(reverse("account_login")).content.decode().lower()


def test_mail_of_these_tests_went_to_the_outbox_and_nowhere_else(client, ada, outbox):
    client.post(reverse("account_request_login_code"), {"email": "ada@example.org"})

    assert mail.outbox == []
    assert outbox.count() == 1
