"""How an operator lets people in: accounts and roles in the admin site."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from fans.people.models import Membership, Person
from tests import factories

EMPTY_ROLES = {
    "memberships-TOTAL_FORMS": "0",
    "memberships-INITIAL_FORMS": "0",
}


@pytest.fixture
def ann(client, administrator) -> Person:
    """Ann administers the site and is signed in."""
    client.force_login(administrator)
    return administrator


def _add(client, email="ben@example.org", **more):
    form = {"email": email, "name": "Ben", "is_active": "on", **EMPTY_ROLES, **more}
    return client.post(reverse("admin:people_person_add"), form)


def test_an_administrator_opens_an_account_that_can_sign_in(client, ann):
    _add(client)

    ben = Person.objects.get(email="ben@example.org")
    assert not ben.has_usable_password()
    assert not ben.is_demo
    assert EmailAddress.objects.get(user=ben).verified


def test_an_administrator_gives_a_role(client, ann, home):
    role = {
        "memberships-TOTAL_FORMS": "1",
        "memberships-0-role": "manager",
        "memberships-0-home": str(home.pk),
        "memberships-0-from_on": dt.date(2026, 1, 1).isoformat(),
    }
    _add(client, **role)

    assert Person.objects.get(email="ben@example.org").has_perm("openness.view_score", home)


def test_a_role_with_the_wrong_scope_is_refused_in_words(client, ann, home):
    role = {
        "memberships-TOTAL_FORMS": "1",
        "memberships-0-role": "champion",
        "memberships-0-home": str(home.pk),
        "memberships-0-from_on": dt.date(2026, 1, 1).isoformat(),
    }
    response = _add(client, **role)

    assert "This role needs another scope." in response.content.decode()
    assert not Membership.objects.filter(role="champion").exists()


def test_what_the_demos_administrator_makes_is_the_demos(client, ann):
    Person.objects.update(is_demo=True)
    _add(client)

    assert Person.objects.get(email="ben@example.org").is_demo


def test_nobody_is_deleted_by_a_press(client, ann):
    ben = factories.PersonFactory()

    response = client.post(
        reverse("admin:people_person_delete", args=[ben.pk]), {"post": "yes"}
    )

    assert response.status_code == 403
    assert Person.objects.filter(pk=ben.pk).exists()


def test_groups_are_not_there_since_they_grant_nothing(client, ann):
    assert client.get("/admin/auth/group/").status_code == 404


@pytest.mark.parametrize(
    "kept_from_all", ["mfa/authenticator", "account/emailaddress", "usersessions/usersession"]
)
def test_secrets_sessions_and_addresses_of_others_have_no_page(client, ann, kept_from_all):
    assert client.get(f"/admin/{kept_from_all}/").status_code == 404
