"""What somebody tries who has no business here: asking who exists, and guessing."""

import re
from itertools import count

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from fans.people import services
from fans.people.models import Person
from tests.factories import PASSWORD

ADA, CLOSED, CODED, UNSURE = (f"{n}@example.org" for n in ("ada", "closed", "coded", "unsure"))
UNKNOWN = "nobody@example.org"
NEW = "blue teapot on a boat"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    cache.clear()


@pytest.fixture
def accounts(db) -> Person:
    """Accounts of every kind; the first is Ada's, whom the attacks are meant for."""
    services.open_account(email=CLOSED, password=PASSWORD)
    Person.objects.update(is_active=False)
    services.open_account(email=CODED)  # signs in by code, has no password
    Person.objects.create_user(UNSURE, PASSWORD)  # has not confirmed the address
    return services.open_account(email=ADA, name="Ada", password=PASSWORD)


def _password(client, email=ADA, password=PASSWORD, **more):
    sent = {"login": email, "password": password}
    return client.post(reverse("account_login"), sent, **more)


def _ask_for_code(client, email=ADA) -> str:
    client.post(reverse("account_request_login_code"), {"email": email})
    return re.search(r"^\s+(\S+)$", mail.outbox[-1].body, re.MULTILINE)[1]


def _code(client, code):
    return client.post(reverse("account_confirm_login_code"), {"code": code})


def _plain(response) -> str:
    """A page without what differs at every answer."""
    return re.sub(r'(nonce|value|csrfmiddlewaretoken)="[^"]*"', "", response.content.decode())


def _signed_in(client) -> bool:
    return "_auth_user_id" in client.session


# --- asking who has an account ---------------------------------------------------------------


def _shown(client, route, sent, name) -> tuple:
    """What somebody is shown in the end, without what differs at every answer."""
    cache.clear()
    first = client.post(reverse(route), sent)
    last = client.get(first["Location"]) if first.status_code == 302 else first
    differ = ("Content-Length", "Content-Security-Policy", "Expires")
    headers = {key: value for key, value in first.headers.items() if key not in differ}
    page = _plain(last).replace(name, "X")
    return first.status_code, page, headers, sorted(first.cookies)


@pytest.mark.parametrize("known", [ADA, CLOSED, CODED, UNSURE])
def test_a_wrong_password_is_answered_alike_whoever_exists(known, accounts):
    told = _shown(
        Client(), "account_login", {"login": known, "password": "wrong, as ever"}, known
    )
    unknown = _shown(
        Client(), "account_login", {"login": UNKNOWN, "password": "wrong, as ever"}, UNKNOWN
    )

    assert told == unknown
    assert mail.outbox == []


@pytest.mark.parametrize("route", ["account_request_login_code", "account_reset_password"])
@pytest.mark.parametrize("known", [ADA, CLOSED, CODED, UNSURE])
def test_asking_for_mail_is_answered_alike_whoever_exists(known, route, accounts):
    told = _shown(Client(), route, {"email": known}, known)
    unknown = _shown(Client(), route, {"email": UNKNOWN}, UNKNOWN)

    assert told == unknown
    assert {to for sent in mail.outbox for to in sent.to} <= {known}
    assert known != CLOSED or mail.outbox == []


@pytest.mark.parametrize("known", [ADA, CLOSED, UNKNOWN])
def test_a_wrong_code_is_answered_alike_whoever_exists(known, accounts):
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": known})
    tried = [_code(client, "AAAA-BBBB") for _ in range(4)]

    assert [each.status_code for each in tried] == [200, 200, 302, 302]
    assert tried[2]["Location"] == reverse("account_request_login_code")
    assert not _signed_in(client)


@pytest.mark.parametrize("known", [ADA, CLOSED, CODED, UNSURE, UNKNOWN])
def test_a_password_costs_the_same_work_whoever_exists(known, accounts, monkeypatch):
    plain, hashed = MD5PasswordHasher.encode, []
    monkeypatch.setattr(
        MD5PasswordHasher,
        "encode",
        lambda self, *args: hashed.append(1) or plain(self, *args),
    )
    _password(Client(), known, "wrong, as ever")

    assert len(hashed) == 1


# --- guessing ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "spelled", [str.upper, str.title, lambda text: f" {text}", lambda text: f"{text} "]
)
def test_an_address_spelled_otherwise_is_the_same_account_to_the_limit(spelled, accounts):
    for number in range(5):
        _password(Client(), spelled(ADA) if number % 2 else ADA, "not the password")
    client = Client()
    _password(client, spelled(ADA))

    assert not _signed_in(client)


def test_a_limit_on_an_account_holds_from_everywhere(accounts):
    numbers = count(1)

    def somewhere() -> dict[str, str]:
        n = next(numbers)
        return {"REMOTE_ADDR": f"203.0.113.{n}", "HTTP_X_FORWARDED_FOR": f"198.51.100.{n}"}

    for _ in range(5):
        _password(Client(), password="not the password", **somewhere())
    client = Client()
    _password(client, **somewhere())

    assert not _signed_in(client)


def test_a_made_up_header_does_not_bring_new_tries_from_one_address(accounts, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "3/m/ip"}
    answers = [
        _password(Client(), f"p{n}@example.org", HTTP_X_FORWARDED_FOR=f"198.51.100.{n}")
        for n in range(5)
    ]

    assert [each.status_code for each in answers] == [200, 200, 200, 429, 429]


def test_after_the_limit_ones_own_code_still_opens_the_door(accounts):
    """Or whoever knows an address could keep its owner out."""
    for _ in range(6):
        _password(Client(), password="not the password")
    client = Client()
    _code(client, _ask_for_code(client))

    assert _signed_in(client)


def test_a_mailed_code_takes_two_wrong_guesses_and_not_a_third(accounts):
    client = Client()
    right = _ask_for_code(client)
    for number in range(3):
        _code(client, f"AAAA-BBB{number}")
    _code(client, right)

    assert not _signed_in(client)


def test_no_more_than_three_codes_a_minute_are_mailed_to_one_address(accounts):
    for _ in range(8):
        Client().post(reverse("account_request_login_code"), {"email": ADA})

    assert len(mail.outbox) == 3


def test_a_mailed_code_works_once_and_only_where_it_was_asked_for(accounts):
    client, thief = Client(), Client()
    code = _ask_for_code(client)
    thief.post(reverse("account_request_login_code"), {"email": UNKNOWN})
    _code(thief, code)
    _code(client, code)
    client_in = _signed_in(client)
    client.post(reverse("account_logout"))
    _code(client, code)

    assert client_in
    assert not _signed_in(client)
    assert not _signed_in(thief)


def test_guessing_recovery_codes_is_stopped_for_the_account(accounts):
    TOTP.activate(accounts, SECRET)
    codes = RecoveryCodes.activate(accounts).get_unused_codes()
    for number in range(5):
        client = Client()
        _password(client)
        client.post(reverse("mfa_authenticate"), {"code": f"0000000{number}"})
    client = Client()
    _password(client)
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})

    assert not _signed_in(client)
    assert len(RecoveryCodes.activate(accounts).get_unused_codes()) == 10


def test_guessing_the_password_in_a_session_left_open_is_stopped(accounts):
    client = Client()
    client.force_login(accounts)
    for number in range(10):
        client.post(reverse("account_reauthenticate"), {"password": f"guess number {number}"})
    stopped = client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    assert stopped.status_code == 429


def test_guessing_links_for_a_new_password_opens_nothing_and_is_stopped(accounts):
    answers = set()
    for number in range(61):
        link = reverse(
            "account_reset_password_from_key", args=[accounts.pk, f"aaaaa-{number:032x}"]
        )
        answers.add(Client().post(link, {"password1": NEW, "password2": NEW}).status_code)

    accounts.refresh_from_db()
    assert accounts.check_password(PASSWORD)
    assert 429 in answers
