"""What was recorded stands: nobody changes or deletes it, but erasing and retention may."""

import pytest
from django.db import DatabaseError, connection, transaction

from fans.people.audit.doing import doing
from fans.people.audit.erasing import erasing
from fans.people.audit.models import AccessLog
from fans.people.models import Person
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def renamed():
    """Somebody whose name before is kept by the record."""
    with doing(person=7, route="people:account"):
        person = factories.PersonFactory(name="Zebedee Quill")
        Person.objects.filter(pk=person.pk).update(name="Zeb")
    return person


@pytest.fixture
def look(db):
    return AccessLog.objects.create(
        action="people.give_roles", kind="people.Person", rows_count=1, row_ids=[3]
    )


def _refused(statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_line_of_the_record_cannot_be_changed_or_deleted(renamed):
    lines = Person.pgh_event_model.objects
    with pytest.raises(DatabaseError), transaction.atomic():
        lines.update(name="Nobody")
    with pytest.raises(DatabaseError), transaction.atomic():
        lines.all().delete()
    _refused("DELETE FROM people_personevent")
    _refused("UPDATE people_personevent SET pgh_created_at = now()")

    assert lines.filter(name="Zebedee Quill").exists()


def test_a_look_cannot_be_changed_or_deleted(look):
    _refused("UPDATE audit_accesslog SET person_id = NULL, rows_count = 0")
    _refused("DELETE FROM audit_accesslog")

    assert AccessLog.objects.get().rows_count == 1


def test_who_did_it_cannot_be_changed_or_deleted(renamed):
    _refused("""UPDATE pghistory_context SET metadata = '{"person": 8}'""")
    _refused("UPDATE pghistory_context SET metadata = '{}'")
    _refused("DELETE FROM pghistory_context")


def test_erasing_may_blank_and_delete_what_was_recorded(renamed, look):
    with erasing():
        Person.pgh_event_model.objects.update(name="")
        AccessLog.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE pghistory_context SET metadata = '{}'")

    assert not Person.pgh_event_model.objects.filter(name="Zebedee Quill").exists()
    assert not AccessLog.objects.exists()


def test_everything_stands_again_once_erasing_is_over(renamed, look):
    with erasing():
        pass

    _refused("DELETE FROM people_personevent")
    _refused("DELETE FROM audit_accesslog")
    _refused("DELETE FROM pghistory_context")


def test_erasing_that_fails_takes_back_what_it_did_and_locks_again(renamed):
    with pytest.raises(ZeroDivisionError), erasing():
        assert 1 / Person.pgh_event_model.objects.all().delete()[0] / 0

    assert Person.pgh_event_model.objects.filter(name="Zebedee Quill").exists()
    _refused("DELETE FROM people_personevent")


def test_erasing_says_in_the_record_that_it_is_erasing(renamed):
    with doing(command="erase_person"), erasing():
        Person.objects.filter(pk=renamed.pk).update(name="")

    line = Person.pgh_event_model.objects.latest("pgh_id")
    assert line.pgh_context.metadata == {"command": "erase_person", "erasing": True}
