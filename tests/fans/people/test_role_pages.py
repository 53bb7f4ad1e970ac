"""People and roles: the list within one's reach, inviting, keeping and ending."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from fans.people.models import Invitation, Membership, Person
from tests import factories
from tests.factories import NORWICH

LIST = "/people/"
INVITE = "/people/invite/"


@pytest.fixture
def mo(client, manager) -> Person:
    """Mo manages Larkfield House and is signed in."""
    client.force_login(manager)
    return manager


@pytest.fixture
def elsewhere(db):
    """Another home, with a coordinator of its own."""
    home = factories.HomeFactory(name="Elmbank", location=NORWICH)
    return factories.member("coordinator", home=home, name="Zed").memberships.get()


def _text(response) -> str:
    return response.content.decode()


def _invite(client, **more):
    until = timezone.localdate() + dt.timedelta(days=100)
    form = {"role": "coordinator", "email": "eve@example.org", "until": until.isoformat()}
    return client.post(INVITE, {**form, **more})


def test_a_manager_sees_who_has_a_role_at_the_home_and_nobody_elses(
    client, mo, coordinator, elsewhere
):
    page = _text(client.get(LIST))

    assert coordinator.email in page
    assert "Zed" not in page
    assert elsewhere.person.email not in page


def test_a_manager_ends_roles_that_managers_give_and_not_another_managers(
    client, mo, home, coordinator
):
    other = factories.member("manager", home=home, name="Mia").memberships.get()
    page = _text(client.get(LIST))
    refused = client.post(reverse("people:end_role", args=[other.pk]))

    assert "Mia" in page
    assert reverse("people:end_role", args=[other.pk]) not in page
    assert reverse("people:end_role", args=[coordinator.memberships.get().pk]) in page
    assert refused.status_code == 404


@pytest.mark.parametrize("route", ["end_role", "keep_role", "restore_role"])
def test_a_row_elsewhere_answers_as_if_it_did_not_exist(client, mo, elsewhere, route):
    response = client.post(reverse(f"people:{route}", args=[elsewhere.pk]))
    missing = client.post(reverse(f"people:{route}", args=[999_999_999_999_999_999]))

    assert response.status_code == missing.status_code == 404
    elsewhere.refresh_from_db()
    assert elsewhere.ended_at is None


@pytest.mark.parametrize("route", ["send_again", "take_back"])
def test_an_invitation_elsewhere_answers_as_if_it_did_not_exist(client, mo, elsewhere, route):
    invitation = factories.InvitationFactory(home=elsewhere.home)

    response = client.post(reverse(f"people:{route}", args=[invitation.pk]))

    assert response.status_code == 404
    assert invitation.email not in _text(client.get(LIST))


def test_a_search_finds_nobody_out_of_reach(client, mo, coordinator, elsewhere):
    assert "Zed" not in _text(client.post(LIST, {"q": elsewhere.person.email}, follow=True))
    assert "1 role for" in _text(client.post(LIST, {"q": coordinator.email}, follow=True))


def test_a_role_is_ended_and_the_ending_undone(client, mo, coordinator):
    held = coordinator.memberships.get()
    ended = client.post(reverse("people:end_role", args=[held.pk]), follow=True)
    undo = reverse("people:restore_role", args=[held.pk])

    assert "is no longer activity coordinator" in _text(ended)
    assert undo in _text(ended)
    client.post(undo)
    held.refresh_from_db()
    assert held.ended_at is None


def test_a_role_that_ends_soon_stands_first_and_runs_on_by_a_press(
    client, mo, home, coordinator
):
    factories.member("relative", home=home, name="Rae")
    held = coordinator.memberships.get()
    Membership.objects.filter(pk=held.pk).update(
        until=timezone.localdate() + dt.timedelta(days=10)
    )
    page = client.get(LIST)
    assert page.context["page"].object_list[0] == held
    assert "1 role ends within 30 days" in _text(page)

    client.post(reverse("people:keep_role", args=[held.pk]))

    held.refresh_from_db()
    assert held.until == timezone.localdate() + dt.timedelta(days=365)


def test_an_invitation_is_sent_seen_sent_again_and_taken_back(client, mo, home):
    sent = _invite(client, scope=home.pk)
    invitation = Invitation.objects.get()
    page = _text(client.get(LIST))
    client.post(reverse("people:send_again", args=[invitation.pk]))
    client.post(reverse("people:take_back", args=[invitation.pk]))

    assert sent["Location"] == LIST
    assert "eve@example.org" in page
    assert len(mail.outbox) == 2
    assert list(client.get(LIST).context["offered"]) == []


def test_an_administrator_sees_and_ends_every_role(client, administrator, elsewhere):
    client.force_login(administrator)
    page = _text(client.get(LIST))
    client.post(reverse("people:end_role", args=[elsewhere.pk]))

    assert elsewhere.person.email in page
    elsewhere.refresh_from_db()
    assert elsewhere.ended_at


def test_a_manager_is_offered_own_roles_and_the_own_home_alone(client, mo, home, elsewhere):
    roles = client.get(INVITE).context["roles"]
    form = client.get(INVITE, {"role": "coordinator"}).context["form"]

    assert [role.value for role in roles] == ["coordinator", "navigator", "relative"]
    assert form.fields["scope"].widget.choices == [(home.pk, "Larkfield House")]
    assert form.fields["scope"].initial == home.pk


@pytest.mark.parametrize("role", ["administrator", "manager", "king", ""])
def test_a_role_that_is_not_ones_to_give_is_not_given(client, mo, home, role):
    response = _invite(client, role=role, scope=home.pk)

    assert response.status_code == 400
    assert mail.outbox == []


@pytest.mark.parametrize("scope", ["elsewhere", "", "x", "9" * 40, "-1", "\x00"])
def test_a_scope_that_is_not_ones_own_is_refused_in_words(client, mo, elsewhere, scope):
    value = elsewhere.home_id if scope == "elsewhere" else scope
    response = _invite(client, scope=value)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["scope"]
    assert "Elmbank" not in _text(response)
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"email": "eve"}, "email"),
        ({"email": "eve@example.org\nBcc: x@example.org"}, "email"),
        ({"until": "2020-01-01"}, "until"),
        ({"until": "2999-01-01"}, "until"),
        ({"until": ""}, "until"),
        ({"until": "soon"}, "until"),
    ],
)
def test_a_wrong_field_is_named(client, mo, home, wrong, field):
    response = _invite(client, scope=home.pk, **wrong)

    assert list(response.context["form"].errors) == [field]
    assert not Invitation.objects.exists()


def test_among_many_homes_one_is_found_by_name(client, administrator):
    client.force_login(administrator)
    for number in range(20):
        factories.HomeFactory(name=f"Home {number:02}")
    first = client.get(INVITE, {"role": "manager"}).context["form"]
    found = client.get(INVITE, {"role": "manager", "q": "home 19"}).context["form"]

    assert (first.count, len(first.fields["scope"].widget.choices)) == (20, 12)
    assert [label for _, label in found.fields["scope"].widget.choices] == ["Home 19"]


def test_an_administrator_gives_a_role_without_scope_or_end(client, administrator):
    client.force_login(administrator)

    _invite(client, role="administrator", until="")

    assert Invitation.objects.get().until is None


def test_the_list_asks_as_many_questions_for_one_row_as_for_thirty(
    client, mo, home, django_assert_max_num_queries
):
    for number in range(30):
        factories.member("relative", home=home, name=f"R{number}")

    with django_assert_max_num_queries(16):
        client.get(LIST)


def test_ones_own_page_says_which_roles_end_soon(client, mo):
    mo.memberships.update(until=timezone.localdate() + dt.timedelta(days=5))

    page = _text(client.get(reverse("people:account")))

    assert "Larkfield House" in page
    assert "ends soon" in page
