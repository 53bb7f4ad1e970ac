"""What the invited see: a link opens a page, only a press says yes, and nothing leaks."""

import logging
import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from fans.people import inviting, services
from fans.people.models import Invitation, Membership, Person
from tests.factories import PASSWORD

EVE = "eve@example.org"
PAGE = "/invitation/"


@pytest.fixture(autouse=True)
def _no_limits_left_over():
    cache.clear()


@pytest.fixture
def link(manager, home) -> str:
    """The link in Eve's mail."""
    inviting.invite(email=EVE, role="coordinator", scope=home, by=manager)
    return re.search(r"http://127\.0\.0\.1:8000(/invitation/\S+)", mail.outbox[-1].body)[1]


def _open(client, link) -> str:
    return client.get(link, follow=True).content.decode()


def _signed_in(client) -> str | None:
    return client.session.get("_auth_user_id")


def test_a_mail_scanner_that_follows_every_link_uses_nothing_up(client, link):
    for _ in range(3):
        scanner = Client()
        _open(scanner, link)
        scanner.head(link, follow=True)

    assert "Larkfield House" in _open(client, link)
    assert Invitation.objects.good().count() == 1
    assert not Person.objects.filter(email=EVE).exists()


def test_a_newcomer_says_yes_chooses_a_password_and_is_in(client, link, home):
    _open(client, link)
    response = client.post(PAGE, {"name": "Eve", "password": PASSWORD})

    eve = Person.objects.get(email=EVE)
    assert response["Location"] == reverse("frontend:today")
    assert _signed_in(client) == str(eve.pk)
    assert eve.check_password(PASSWORD)
    assert eve.has_perm("connections.log", home)


def test_a_newcomer_without_a_password_signs_in_by_code_later(client, link):
    _open(client, link)
    client.post(PAGE, {"name": "Eve", "password": ""})
    client.post(reverse("account_logout"))
    client.post(reverse("account_request_login_code"), {"email": EVE})
    code = re.search(r"^\s+(\S+)$", mail.outbox[-1].body, re.MULTILINE)[1]
    client.post(reverse("account_confirm_login_code"), {"code": code})

    assert _signed_in(client) == str(Person.objects.get(email=EVE).pk)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"name": "", "password": PASSWORD}, "name"),
        ({"name": "x" * 121, "password": PASSWORD}, "name"),
        ({"name": "Eve", "password": "short"}, "password"),
        ({"name": "Eve", "password": "carehome12"}, "password"),
        ({"name": "Eve", "password": EVE}, "password"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_used_up(client, link, sent, field):
    _open(client, link)
    response = client.post(PAGE, sent)

    assert list(response.context["form"].errors) == [field]
    assert not Person.objects.filter(email=EVE).exists()
    assert Invitation.objects.good().count() == 1


def test_somebody_with_an_account_signs_in_first_and_comes_back(client, link, home):
    eve = services.open_account(email=EVE, password=PASSWORD)
    page = _open(client, link)
    sent_away = client.post(PAGE, {"name": "Mallory", "password": "another password"})
    signed_in = client.post(
        reverse("account_login"), {"login": EVE, "password": PASSWORD, "next": PAGE}
    )
    question = client.get(signed_in["Location"]).content.decode()
    client.post(PAGE)

    assert "You have an account here" in page
    assert sent_away["Location"] == f"{reverse('account_login')}?next={PAGE}"
    assert "Yes, I take part" in question
    assert eve.memberships.get().home == home


def test_a_wrong_account_is_told_so_and_can_go_on_as_the_right_one(client, link, stranger):
    client.force_login(stranger)
    page = _open(client, link)
    refused = client.post(PAGE, {"name": "Eve", "password": PASSWORD})

    assert f"You are signed in as {stranger.email}" in page
    assert "only that address can say yes" in refused.content.decode()
    assert not stranger.memberships.exists()

    client.post(PAGE, {"other": "1"})
    assert _signed_in(client) is None
    assert "Your name" in client.get(PAGE).content.decode()


def test_used_taken_back_old_and_made_up_links_read_alike(client, link, manager, home):
    def read(path) -> tuple[int, str]:
        response = Client().get(path, follow=True)
        text = re.sub(r'(nonce|value)="[^"]*"', "", response.content.decode())
        return response.status_code, text

    made_up = read("/invitation/none-such/")
    inviting.take_back(invitation=Invitation.objects.get(), by=manager)
    taken_back = read(link)
    Invitation.objects.update(revoked_at=None, accepted_at="2026-01-01T00:00Z")
    used = read(link)
    Invitation.objects.update(
        accepted_at=None, created_at="2026-01-01T00:00Z", expires_at="2026-01-02T00:00Z"
    )
    old = read(link)

    assert made_up == taken_back == used == old
    assert made_up[0] == 410
    assert "does not work any more" in made_up[1]


def test_the_second_press_finds_it_over(client, link):
    other = Client()
    for window in (client, other):
        _open(window, link)
    client.post(PAGE, {"name": "Eve"})
    late = other.post(PAGE, {"name": "Mallory"})

    assert late.status_code == 410
    assert Membership.objects.filter(person__email=EVE).count() == 1


def test_the_token_stays_out_of_pages_referers_caches_and_logs(client, link, caplog):
    token = link.split("/")[2]
    with caplog.at_level(logging.DEBUG):
        opened = client.get(link)
        page = client.get(opened["Location"])
        client.post(PAGE, {"name": ""})
        Client().get("/invitation/none-such/", follow=True)

    assert opened["Location"] == PAGE
    assert opened["Referrer-Policy"] == "no-referrer"
    assert page["Referrer-Policy"] == "same-origin"
    assert "no-store" in opened["Cache-Control"]
    assert "no-store" in page["Cache-Control"]
    assert token not in page.content.decode()
    assert token not in caplog.text
    assert "none-such" not in caplog.text


def test_the_form_is_refused_without_its_csrf_token(link):
    strict = Client(enforce_csrf_checks=True)
    _open(strict, link)

    assert strict.post(PAGE, {"name": "Eve"}).status_code == 403
    assert Invitation.objects.good().count() == 1


def test_a_closed_account_is_not_opened_again_by_an_invitation(client, link):
    services.open_account(email=EVE, password=PASSWORD)
    Person.objects.update(is_active=False)
    Person.objects.exclude(email=EVE).update(is_active=True)
    _open(client, link)
    client.post(PAGE, {"name": "Eve", "password": "another password"})
    client.post(reverse("account_login"), {"login": EVE, "password": PASSWORD})

    assert _signed_in(client) is None
    assert not Person.objects.get(email=EVE).is_active
