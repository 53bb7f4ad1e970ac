"""The second step: who needs one, that nothing opens without it, and how it is lost."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from fans.people import services
from fans.people.models import Person, Role
from fans.people.second_factor import SecondFactorAdapter, needs_second_factor
from fans.people.table import PERSON_LEVEL
from tests import factories
from tests.factories import PASSWORD

SECRET = "JBSWY3DPEHPK3PXP"
NEED = sorted(PERSON_LEVEL)


@pytest.fixture(autouse=True)
def _asked(settings):
    settings.SECOND_FACTOR_REQUIRED = True
    cache.clear()


def _code(secret=SECRET) -> str:
    """What an app shows now: of the counters that are taken, the one in the middle.

    The first would be refused as soon as the next half minute begins.
    """
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counters[len(counters) // 2]))


def _member(role, **more) -> Person:
    scopes = {
        "manager": lambda: {"home": factories.HomeFactory()},
        "coordinator": lambda: {"home": factories.HomeFactory()},
        "facilitator": lambda: {"cohort": factories.CohortFactory()},
        "researcher": lambda: {"cohort": factories.CohortFactory()},
        "champion": lambda: {"area": factories.AreaFactory()},
        "volunteer_lead": lambda: {"area": factories.AreaFactory()},
    }
    person = factories.member(role, **scopes.get(role, dict)())
    services.confirm_address(person=person)
    return person


def _with_app(person) -> Person:
    TOTP.activate(person, SECRET)
    return person


def _password(client, person, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": person.email, "password": password})


def _signed_in(client) -> bool:
    return "_auth_user_id" in client.session


# --- who needs one -----------------------------------------------------------------------


@pytest.mark.parametrize("role", NEED)
def test_a_role_near_people_opens_nothing_before_a_second_step(client, db, role):
    client.force_login(_member(role))

    for route in ("frontend:today", "frontend:map", "homes:list"):
        for ask in (client.get, client.post):
            assert ask(reverse(route))["Location"] == reverse("mfa_index"), route


def test_the_api_says_why_instead_of_leading_astray(client, db):
    client.force_login(_member("manager"))

    response = client.get(reverse("api:homes-list"))

    assert response.status_code == 403
    assert response["Content-Type"] == "application/problem+json"
    assert "second step" in response.json()["detail"]


@pytest.mark.parametrize(
    "route", ["frontend:help", "frontend:privacy", "people:account", "mfa_index"]
)
def test_help_and_ones_own_account_stay_open(client, db, route):
    client.force_login(_member("manager"))

    assert client.get(reverse(route)).status_code == 200


def test_the_page_says_that_the_role_needs_one(client, db):
    client.force_login(_member("facilitator"))

    assert "Your role needs one." in client.get(reverse("mfa_index")).content.decode()


@pytest.mark.parametrize("role", ["coordinator", "champion", "volunteer"])
def test_other_roles_are_not_asked(client, db, role):
    client.force_login(_member(role))

    assert client.get(reverse("frontend:today")).status_code == 200


def test_a_role_that_is_over_asks_for_nothing(db):
    person = _member("administrator")
    person.memberships.update(until="2026-01-02")

    assert not needs_second_factor(Person.objects.get(pk=person.pk))


def test_with_a_second_step_everything_of_the_role_opens(client, db):
    client.force_login(_with_app(_member("manager")))

    assert client.get(reverse("frontend:today")).status_code == 200


def test_recovery_codes_alone_are_no_second_step(client, db):
    person = _member("manager")
    RecoveryCodes.activate(person)
    client.force_login(person)

    assert client.get(reverse("frontend:today")).status_code == 302


def test_the_demos_people_are_not_asked_and_told_why(client, db):
    person = _member("manager")
    Person.objects.update(is_demo=True)
    person.refresh_from_db()
    client.force_login(person)

    assert client.get(reverse("frontend:today")).status_code == 200
    assert "In the demo nobody is asked" in client.get(reverse("mfa_index")).content.decode()


def test_every_role_that_gives_roles_to_real_accounts_or_data_sets_is_on_the_list():
    assert {Role.ADMINISTRATOR, Role.VOLUNTEER_LEAD, Role.MANAGER, Role.FACILITATOR} <= set(
        PERSON_LEVEL
    )


# --- signing in with it ------------------------------------------------------------------


def test_a_password_alone_lets_nobody_in(client, db):
    person = _with_app(_member("coordinator"))

    response = _password(client, person)

    assert response["Location"] == reverse("mfa_authenticate")
    assert not _signed_in(client)
    assert client.get(reverse("frontend:today")).status_code == 302


def test_a_code_from_the_mail_alone_lets_nobody_in(client, db):
    person = _with_app(_member("coordinator"))
    client.post(reverse("account_request_login_code"), {"email": person.email})
    code = re.search(r"^\s+(\S+)$", mail.outbox[-1].body, re.MULTILINE)[1]

    response = client.post(reverse("account_confirm_login_code"), {"code": code})

    assert response["Location"] == reverse("mfa_authenticate")
    assert not _signed_in(client)


def test_the_apps_code_lets_somebody_in_and_works_once(client, db):
    person = _with_app(_member("coordinator"))
    code = _code()
    _password(client, person)
    client.post(reverse("mfa_authenticate"), {"code": code})
    other = Client()
    _password(other, person)
    again = other.post(reverse("mfa_authenticate"), {"code": code})

    assert _signed_in(client)
    assert not _signed_in(other)
    assert "used already" in again.content.decode()


def test_a_recovery_code_stands_in_once(client, db):
    person = _with_app(_member("coordinator"))
    codes = RecoveryCodes.activate(person).get_unused_codes()
    _password(client, person)
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    other = Client()
    _password(other, person)
    other.post(reverse("mfa_authenticate"), {"code": codes[0]})

    assert _signed_in(client)
    assert not _signed_in(other)


def test_guessing_codes_is_stopped_for_the_account_even_with_the_right_one(client, db):
    person = _with_app(_member("coordinator"))
    _password(client, person)
    for number in range(5):
        client.post(reverse("mfa_authenticate"), {"code": f"00000{number}"})

    client.post(reverse("mfa_authenticate"), {"code": _code()})

    assert not _signed_in(client)


def test_thirty_people_behind_one_router_take_their_second_step(db):
    for _ in range(30):
        person = _with_app(_member("volunteer"))
        client = Client()
        _password(client, person)
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
        client.post(reverse("mfa_authenticate"), {"code": _code()})
        assert _signed_in(client)


def test_the_page_of_the_second_step_is_nobodys_who_gave_no_password(client, db):
    _with_app(_member("coordinator"))

    assert client.get(reverse("mfa_authenticate"))["Location"] == reverse("account_login")
    client.post(reverse("mfa_authenticate"), {"code": _code()})
    assert not _signed_in(client)


def test_a_passkey_question_names_nobody(client, db):
    _with_app(_member("coordinator"))

    asked = client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})

    key = asked.json()["request_options"]["publicKey"]
    assert not key.get("allowCredentials")
    assert key["userVerification"] == "required"


@pytest.mark.parametrize(
    "credential", ["", "{}", "[]", "null", '{"id": 1}', "x", '{"id": "é"}']
)
def test_a_made_up_passkey_is_refused_and_breaks_nothing(client, db, credential):
    client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})

    response = client.post(reverse("mfa_login_webauthn"), {"credential": credential})

    assert response.status_code == 302
    assert not _signed_in(client)


# --- setting it up, and taking it away ----------------------------------------------------


@pytest.fixture
def enrol(transactional_db):
    """Set up an app as its owner would; mails and endings come with the commit."""

    def set_up(client) -> None:
        page = client.get(reverse("mfa_activate_totp"))
        secret = page.context["form"].secret
        done = client.post(reverse("mfa_activate_totp"), {"code": _code(secret)})
        assert done["Location"] == reverse("mfa_view_recovery_codes")

    return set_up


@pytest.fixture
def mo(client, db) -> Person:
    """Mo manages a home and has just signed in with a password."""
    person = _member("manager")
    _password(client, person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return person


def test_a_manager_sets_up_an_app_sees_ten_codes_and_goes_on(client, mo, enrol):
    before = client.get(reverse("frontend:today"))
    enrol(client)
    codes = client.get(reverse("mfa_view_recovery_codes"))

    assert before["Location"] == reverse("mfa_index")
    assert len(codes.context["unused_codes"]) == 10
    assert client.get(reverse("frontend:today")).status_code == 200


def test_setting_one_up_is_told_by_mail(client, mo, enrol):
    mail.outbox.clear()
    enrol(client)

    assert [sent.to for sent in mail.outbox] == [[mo.email]] * len(mail.outbox)
    assert "An authenticator app was set up" in mail.outbox[0].body
    assert "tell whoever invited you" in mail.outbox[0].body


def test_a_wrong_first_code_sets_nothing_up(client, mo):
    client.get(reverse("mfa_activate_totp"))

    page = client.post(reverse("mfa_activate_totp"), {"code": "000000"})

    assert "not right" in page.content.decode()
    assert not Authenticator.objects.exists()


def test_a_session_left_open_cannot_change_the_second_step(client, db):
    client.force_login(_with_app(_member("coordinator")))

    for route in ("mfa_deactivate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"):
        response = client.get(reverse(route))
        assert "reauthenticate" in response["Location"] or "again" in response["Location"]


def test_a_second_step_that_a_role_needs_is_not_removed(client, mo, enrol):
    enrol(client)

    response = client.post(reverse("mfa_deactivate_totp"))

    assert "Your role needs a second step" in response.content.decode()
    assert Authenticator.objects.filter(type="totp").exists()


def test_others_may_remove_theirs(client, db, enrol):
    person = _member("coordinator")
    _password(client, person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    enrol(client)

    client.post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.exists()


def test_setting_one_up_ends_a_stolen_session(client, mo, enrol):
    thief = Client()
    _password(thief, mo)
    assert _signed_in(thief)

    enrol(client)

    assert client.get(reverse("people:account")).status_code == 200
    assert thief.get(reverse("people:account")).status_code == 302


def test_secrets_are_unreadable_in_the_database_and_outlive_a_new_key(db, settings):
    person = _with_app(_member("coordinator"))
    kept = str(Authenticator.objects.get(user=person).data)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, since yesterday"

    assert SECRET not in kept
    adapter = SecondFactorAdapter()
    assert adapter.decrypt(Authenticator.objects.get(user=person).data["secret"]) == SECRET


# --- the phone in the canal ---------------------------------------------------------------


def test_the_operator_takes_a_lost_second_step_away_and_ends_the_sessions(db, capsys):
    person = _with_app(_member("manager"))
    client = Client()
    _password(client, person)
    client.post(reverse("mfa_authenticate"), {"code": _code()})

    call_command("reset_second_step", person.email.upper())

    assert not Authenticator.objects.exists()
    assert client.get(reverse("people:account")).status_code == 302
    assert "set up a new one" in capsys.readouterr().out
    assert person.email in mail.outbox[-1].to


def test_the_operator_is_told_of_an_address_without_an_account(db):
    with pytest.raises(CommandError, match="nobody has an account"):
        call_command("reset_second_step", "nobody@example.org")
