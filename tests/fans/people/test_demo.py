"""The demo's people: only where the demo may run, and never beside real ones."""

import stat

import pytest
from django.test import Client
from django.urls import reverse

from fans.people import demo, services
from fans.people.models import Person
from fans.people.post.models import Mail
from tests import factories
from tests.factories import PASSWORD


@pytest.fixture(autouse=True)
def _own_state_folder(settings, tmp_path):
    settings.STATE_DIR = tmp_path


@pytest.fixture
def grace(db) -> Person:
    """Grace is one of the demo's people, champion of the area around Sale."""
    person = factories.member("champion", area=factories.AreaFactory(), name="Grace Adeyemi")
    Person.objects.filter(pk=person.pk).update(is_demo=True, email="grace@example.org")
    services.open_account(email="grace@example.org")
    demo.write_passwords({"grace@example.org": PASSWORD})
    return Person.objects.get(pk=person.pk)


def _press(client, email="grace@example.org", **more):
    return client.post(reverse("people:demo_sign_in"), {"email": email, **more})


def _signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_one_press_signs_in_as_somebody_of_the_demo(client, grace):
    response = _press(client)

    assert response["Location"] == reverse("frontend:today")
    assert client.session["_auth_user_id"] == str(grace.pk)


def test_the_press_needs_the_forms_token(grace):
    strict = Client(enforce_csrf_checks=True)

    assert _press(strict).status_code == 403


def test_an_address_cannot_be_followed_to_sign_in(client, grace):
    assert client.get(reverse("people:demo_sign_in")).status_code == 405


def test_goes_on_to_an_address_of_this_site_alone(client, grace):
    assert _press(client, next="/map/")["Location"] == "/map/"
    assert _press(client, next="//evil.example/")["Location"] == reverse("frontend:today")


def test_signs_in_nobody_real(client, db):
    services.open_account(email="ada@example.org")

    response = _press(client, email="ada@example.org")

    assert response.status_code == 404
    assert not _signed_in(client)


def _not_allowed(settings):
    settings.DEMO_ALLOWED = False


def _somebody_real(settings):
    services.open_account(email="ada@example.org")


@pytest.mark.parametrize("closed", [_not_allowed, _somebody_real])
def test_demo_accounts_are_shut_where_the_demo_may_not_run(client, grace, settings, closed):
    closed(settings)

    pressed = _press(client)
    client.post(reverse("account_login"), {"login": "grace@example.org", "password": PASSWORD})

    assert pressed.status_code == 404
    assert not _signed_in(client)
    assert demo.demo_people() == []


@pytest.mark.parametrize("closed", [_not_allowed, _somebody_real])
def test_a_code_does_not_open_a_shut_demo_account_either(client, grace, settings, closed):
    settings.EMAIL_BACKEND = "fans.people.post.backend.QueueBackend"
    closed(settings)

    client.post(reverse("account_request_login_code"), {"email": "grace@example.org"})
    sent = Mail.objects.filter(to="grace@example.org").first()
    if sent:
        code = sent.body.split("\n\n")[2].strip()
        client.post(reverse("account_confirm_login_code"), {"code": code})

    assert client.get(reverse("account_change_password")).status_code == 302


def test_a_session_ends_when_the_demo_may_not_run_any_more(client, grace, settings):
    _press(client)
    before = client.get(reverse("account_change_password")).status_code
    settings.DEMO_ALLOWED = False
    after = client.get(reverse("account_change_password"))

    assert before == 200
    assert after["Location"].startswith(reverse("account_login"))


def test_the_sign_in_page_shows_who_what_and_the_password(client, grace):
    page = client.get(reverse("account_login")).content.decode()

    assert "Grace Adeyemi" in page
    assert "community champion, Sale ward" in page
    assert PASSWORD in page


def test_the_sign_in_page_shows_no_demo_where_there_is_none(client, db):
    page = client.get(reverse("account_login")).content.decode()

    assert "Look around as" not in page


def test_every_page_says_that_it_is_a_demo(client, grace, settings):
    banner = "Every home, place and person here is made up"
    with_demo = client.get(reverse("frontend:help")).content.decode()
    settings.DEMO_ALLOWED = False
    without = client.get(reverse("frontend:help")).content.decode()

    assert banner in with_demo
    assert banner not in without


def test_passwords_are_kept_for_this_account_alone_and_can_be_forgotten(db):
    demo.write_passwords({"a@example.org": "one"})
    demo.write_passwords({"a@example.org": "two"})
    mode = stat.S_IMODE(demo.passwords_path().stat().st_mode)

    assert mode == 0o600
    assert demo.read_passwords() == {"a@example.org": "two"}
    demo.forget_passwords()
    assert demo.read_passwords() == {}


def test_passwords_are_long_and_never_twice_the_same():
    made = {demo.new_password() for _ in range(200)}

    assert len(made) == 200
    assert all(len(password) == 14 for password in made)


def test_a_damaged_password_file_shows_nobody(client, grace):
    demo.passwords_path().write_text("{")

    assert demo.demo_people() == []
    assert client.get(reverse("account_login")).status_code == 200
