"""Accounts: opened by somebody who knows the person, an administrator's first of all."""

import getpass
import re

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.urls import reverse

from fans.people import services
from fans.people.errors import DemoIsLoadedError
from fans.people.models import Membership, Person
from tests import factories


def test_an_opened_account_has_a_confirmed_address_and_no_password(db):
    person = services.open_account(email=" Ada@Example.org ", name="Ada")

    assert person.email == "ada@example.org"
    assert not person.has_usable_password()
    assert EmailAddress.objects.get(user=person).verified


def test_opening_an_account_again_keeps_it_as_it_is(db):
    first = services.open_account(email="ada@example.org", name="Ada", password="teapot boat")
    second = services.open_account(email="ADA@example.org", name="Eve", password="other words")

    assert second.pk == first.pk
    assert second.name == "Ada"
    assert second.check_password("teapot boat")


def test_refuses_what_is_no_address(db):
    with pytest.raises(ValidationError, match="valid email"):
        services.open_account(email="ada at example")


def test_makes_an_administrator_once(db):
    services.make_administrator(email="ann@example.org")
    person = services.make_administrator(email="ann@example.org")

    assert person.has_perm("site.administer")
    assert Membership.objects.filter(person=person).count() == 1


def test_refuses_an_administrator_beside_the_demo(db):
    factories.PersonFactory(is_demo=True)

    with pytest.raises(DemoIsLoadedError, match="remove_demo"):
        services.make_administrator(email="ann@example.org")


def test_the_command_prints_a_link_with_which_a_password_is_chosen(client, db, capsys):
    call_command("make_administrator", "ann@example.org")
    path = re.search(r"http://127\.0\.0\.1:8000(\S+)", capsys.readouterr().out)[1]

    form = client.get(path)["Location"]
    new = "blue teapot on a boat"
    client.post(form, {"password1": new, "password2": new})
    client.post(reverse("account_login"), {"login": "ann@example.org", "password": new})

    assert client.get("/admin/").status_code == 200


def test_the_command_sets_a_password_when_asked_to(db, monkeypatch):
    monkeypatch.setattr(getpass, "getpass", lambda prompt: "blue teapot on a boat")

    call_command("make_administrator", "ann@example.org", ask_password=True)

    person = Person.objects.get(email="ann@example.org")
    assert person.check_password("blue teapot on a boat")


@pytest.mark.parametrize(
    ("typed", "why"),
    [(["one two three", "one two four"], "not alike"), (["short"] * 2, "short")],
)
def test_the_command_makes_nobody_on_a_bad_password(db, monkeypatch, typed, why):
    answers = iter(typed)
    monkeypatch.setattr(getpass, "getpass", lambda prompt: next(answers))

    with pytest.raises(CommandError, match=why) as refused:
        call_command("make_administrator", "ann@example.org", ask_password=True)

    assert refused.value.returncode == 2
    assert not Person.objects.exists()


def test_the_command_says_what_is_wrong_with_an_address(db):
    with pytest.raises(CommandError, match="EMAIL: Enter a valid email") as refused:
        call_command("make_administrator", "ann")

    assert refused.value.returncode == 2


def test_the_command_refuses_beside_the_demo(db):
    factories.PersonFactory(is_demo=True)

    with pytest.raises(CommandError, match="Take it away first") as refused:
        call_command("make_administrator", "ann@example.org")

    assert refused.value.returncode == 2


def test_a_new_address_closes_the_old_one(db):
    person = services.open_account(email="old@example.org")
    person.email = "new@example.org"
    person.save()

    services.confirm_address(person=person)

    assert list(EmailAddress.objects.values_list("email", "primary", "verified")) == [
        ("new@example.org", True, True)
    ]


def test_an_address_is_kept_in_lower_case(db):
    with pytest.raises(IntegrityError, match="people_person_email_lower_case"):
        Person.objects.create(email="Ann.Smith@Example.org")
