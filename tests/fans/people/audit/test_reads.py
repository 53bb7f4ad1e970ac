"""Who looked at rows about people: each look leaves a line of ids."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, transaction
from django.urls import reverse

from fans.people.audit import reads
from fans.people.audit.models import MOST_IDS, AccessLog
from fans.people.models import Invitation, Membership, Person
from fans.people.post.models import Mail
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(rf, manager):
    """A request of the manager's, outside any page."""
    request = rf.get("/")
    request.user, request.resolver_match = manager, None
    return request


def _look(**of):
    return AccessLog.objects.get(**of)


def test_the_page_of_roles_says_whose_it_showed(client, manager, coordinator):
    client.force_login(manager)
    invited = factories.InvitationFactory(home=manager.memberships.get().home)
    client.get(reverse("people:roles"))

    look = _look(kind="people.Membership")
    held = Membership.objects.filter(home=manager.memberships.get().home)
    assert (look.person_id, look.action, look.route) == (
        manager.pk,
        "people.give_roles",
        "people:roles",
    )
    assert set(look.row_ids) == {row.pk for row in held}
    assert set(look.people_ids) == {manager.pk, coordinator.pk}
    assert _look(kind="people.Invitation").row_ids == [invited.pk]


def test_the_admin_says_whom_it_listed_and_whom_it_opened(client, administrator):
    client.force_login(administrator)
    client.get(reverse("admin:people_person_changelist"))
    client.get(reverse("admin:people_person_change", args=[administrator.pk]))

    listed, opened = AccessLog.objects.order_by("pk")
    assert listed.rows_count == Person.objects.count()
    assert (opened.row_ids, opened.route) == ([administrator.pk], "admin:people_person_change")


def test_the_outbox_says_whose_mail_it_listed(client, administrator):
    client.force_login(administrator)
    mail = Mail.objects.create(
        to="ada@example.org", subject="Hello", body="Hello", state="kept"
    )
    client.get(reverse("people:outbox"))

    assert (_look().kind, _look().row_ids) == ("post.Mail", [mail.pk])


def test_a_page_without_people_leaves_no_line(client, manager):
    client.force_login(manager)
    client.get(reverse("frontend:today"))
    client.get(reverse("frontend:map_list"))

    assert not AccessLog.objects.exists()


def test_nothing_is_logged_for_nobodys_eyes(rf):
    request = rf.get("/")
    request.user, request.resolver_match = AnonymousUser(), None
    reads.note(request, [factories.PersonFactory()], action="people.outbox")

    assert not AccessLog.objects.exists()


def test_rows_of_several_models_give_a_line_each(asked, manager):
    rows = [manager, manager.memberships.get(), factories.InvitationFactory()]
    reads.note(asked, rows, action="people.give_roles")

    kinds = set(AccessLog.objects.values_list("kind", flat=True))
    assert kinds == {"people.Person", "people.Membership", "people.Invitation"}


def test_a_queryset_is_read_once(asked, django_assert_num_queries):
    factories.PersonFactory()
    rows = Person.objects.all()
    with django_assert_num_queries(2):  # the rows, and the line
        reads.note(asked, rows, action="people.give_roles")
        list(rows)


def test_a_long_list_keeps_its_first_ids_and_its_length(asked):
    Person.objects.bulk_create(Person(name=f"Guest {n}") for n in range(MOST_IDS + 5))
    reads.note(asked, Person.objects.all(), action="people.give_roles")

    look = _look()
    assert look.rows_count == Person.objects.count() > MOST_IDS
    assert len(look.row_ids) == len(look.people_ids) == MOST_IDS


def test_no_rows_leave_no_line(asked):
    reads.note(asked, Invitation.objects.none(), action="people.give_roles")

    assert not AccessLog.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": ""},
        {"action": ""},
        {"rows_count": 1, "row_ids": [1, 2]},
        {"rows_count": 2000, "row_ids": list(range(MOST_IDS + 1))},
    ],
)
def test_the_database_refuses_a_look_that_says_nothing_or_too_much(wrong):
    right = {"kind": "people.Person", "action": "people.give_roles", "rows_count": 0}
    with pytest.raises(DatabaseError), transaction.atomic():
        AccessLog.objects.create(**{**right, **wrong})


def test_a_look_outlasts_whoever_looked(asked, manager):
    reads.note(asked, [manager], action="people.give_roles")
    key = manager.pk
    manager.delete()

    assert _look().person_id == key
