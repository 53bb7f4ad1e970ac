"""A lead reaches the roles of the volunteers of their areas, and nobody else's."""

import pytest
from django.urls import reverse

from fans.people import inviting, services
from fans.people.errors import MayNotGiveError
from fans.people.giving import may_give_row
from fans.people.models import Invitation, Membership
from tests.factories import (
    NORWICH,
    AreaFactory,
    active_volunteer,
    box,
    member,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_step(settings):
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def lead():
    return member("volunteer_lead", name="Lea", area=AreaFactory())


@pytest.fixture
def other_lead():
    return member("volunteer_lead", name="Lou", area=AreaFactory(boundary=box(NORWICH)))


def role_of(volunteer) -> Membership:
    return volunteer.person.memberships.get(role="volunteer")


def test_a_lead_sees_and_ends_roles_in_their_area_alone(client, lead):
    near = active_volunteer(person__name="Nia")
    far = active_volunteer(person__name="Finn", location=NORWICH)
    client.force_login(lead)

    page = client.get(reverse("people:roles")).content.decode()
    refused = client.post(reverse("people:end_role", args=[role_of(far).pk]))
    ended = client.post(reverse("people:end_role", args=[role_of(near).pk]))

    assert "Nia" in page
    assert "Finn" not in page
    assert (refused.status_code, ended.status_code) == (404, 302)
    assert role_of(far).ended_at is None
    assert role_of(near).ended_at is not None


def test_the_service_refuses_too(lead):
    far = active_volunteer(location=NORWICH)

    with pytest.raises(MayNotGiveError):
        services.end_role(membership=role_of(far), by=lead)


def test_a_holder_whom_no_area_knows_is_the_administrators(lead):
    holder = member("volunteer", name="Ivo").memberships.get()

    assert not may_give_row(lead, holder)
    assert may_give_row(member("administrator"), holder)


def test_a_lead_invites_by_mail_and_looks_after_that_invitation(lead, other_lead):
    invitation = inviting.invite(email="eve@example.org", role="volunteer", by=lead)

    assert may_give_row(lead, invitation)
    assert not may_give_row(other_lead, invitation)
    with pytest.raises(MayNotGiveError):
        inviting.take_back(invitation=invitation, by=other_lead)
    inviting.take_back(invitation=invitation, by=lead)


def test_an_invitation_of_a_lead_is_accepted(lead, mailoutbox):
    inviting.invite(email="eve@example.org", role="volunteer", by=lead)
    token = mailoutbox[0].body.split("/invitation/")[1].split("/")[0]

    held = inviting.accept(token=token, name="Eve")

    assert held.role == "volunteer"


def test_a_lead_sees_no_other_leads_invitation(client, lead, other_lead):
    inviting.invite(email="eve@example.org", role="volunteer", by=other_lead)
    client.force_login(lead)

    page = client.get(reverse("people:roles")).content.decode()

    assert "eve@example.org" not in page
    pk = Invitation.objects.get().pk
    assert client.post(reverse("people:take_back", args=[pk])).status_code == 404


def test_a_lead_who_is_no_longer_one_ends_nothing(lead):
    near = active_volunteer()
    lead.is_active = False
    lead.save()

    assert not may_give_row(lead, role_of(near))
