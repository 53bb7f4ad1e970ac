"""The record of changes: whatever writes, every change is noted with what stood before."""

import pytest
from django.db import connection, transaction

from assets.models import Asset
from fans.people.audit.doing import doing
from fans.people.models import Membership, Person
from geo.models import Area
from homes.copying import copy_new
from homes.models import Home, Registration
from tests import factories
from tests.factories import SALE

pytestmark = pytest.mark.django_db


def _lines(model, **of):
    rows = model.pgh_event_model.objects.filter(**of).order_by("pgh_id")
    return [(line.pgh_label, line.pgh_obj_id, line) for line in rows]


def _labels(model, **of):
    return [label for label, *_ in _lines(model, **of)]


def test_a_new_row_leaves_a_line_that_repeats_nothing_of_it():
    home = factories.HomeFactory()

    ((label, key, line),) = _lines(Home)
    assert (label, key) == ("insert", home.pk)
    assert line.name is None
    assert line.location is None
    assert line.pgh_created_at is not None


def test_a_change_keeps_the_row_as_it_stood_before():
    home = factories.HomeFactory()
    home.name = "Larkfield Court"
    home.save()

    *_, (label, _, line) = _lines(Home)
    assert label == "update"
    assert line.name == "Larkfield House"
    assert line.location == SALE


def test_a_deletion_keeps_the_row_that_went():
    membership = factories.member("coordinator", home=factories.HomeFactory()).memberships.get()
    key, person = membership.pk, membership.person_id
    membership.delete()

    *_, (label, of, line) = _lines(Membership)
    assert (label, of, line.role, line.person_id) == ("delete", key, "coordinator", person)


def test_saving_without_a_change_leaves_no_line():
    home = factories.HomeFactory()
    before = home.updated_at
    home.save()

    home.refresh_from_db()
    assert home.updated_at > before
    assert _labels(Home) == ["insert"]


def test_a_column_that_a_nightly_job_moves_leaves_no_line():
    asset = factories.AssetFactory(check_state="due")
    Asset.objects.filter(pk=asset.pk).update(check_state="stale")

    assert _labels(Asset, pgh_obj_id=asset.pk) == ["insert"]


def test_many_rows_changed_at_once_leave_a_line_each_and_the_others_none():
    changed = [factories.HomeFactory() for _ in range(3)]
    alike = factories.HomeFactory(website="https://example.org")
    Home.objects.update(website="https://example.org")

    updated = [key for label, key, _ in _lines(Home) if label == "update"]
    assert updated == [home.pk for home in changed]
    assert alike.pk not in updated


def test_rows_made_in_bulk_leave_a_line_each():
    people = Person.objects.bulk_create(Person(name=f"Guest {n}") for n in range(5))

    assert {key for _, key, _ in _lines(Person)} == {person.pk for person in people}


def test_an_upsert_tells_new_rows_from_changed_ones():
    old = factories.AreaFactory(name="Sale", source="test")
    same = {"kind": old.kind, "boundary": old.boundary, "source": "test"}
    both = [Area(name="Sale", code="E05000001", **same), Area(name="Brooklands", **same)]
    Area.objects.bulk_create(
        both,
        update_conflicts=True,
        unique_fields=["kind", "name", "source"],
        update_fields=["code"],
    )

    assert _labels(Area, pgh_obj_id=old.pk) == ["insert", "update"]
    assert _labels(Area, pgh_obj_id=Area.objects.get(name="Brooklands").pk) == ["insert"]


def test_plain_sql_counts():
    home = factories.HomeFactory()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE homes_home SET phone = '0161 496 0000' WHERE id = %s", [home.pk])
        cursor.execute("DELETE FROM homes_registration WHERE home_id = %s", [home.pk])

    assert _labels(Home) == ["insert", "update"]
    assert _labels(Registration) == ["insert", "delete"]


def test_rows_that_come_by_copy_count_and_say_by_whom():
    homes = [Home(name=f"Home {n}", kind="nursing", postcode="M33 2DH") for n in range(4)]
    with doing(command="import_homes"):
        copy_new(homes)

    lines = _lines(Home)
    assert {key for _, key, _ in lines} == {home.pk for home in homes}
    assert {line.pgh_context_id for *_, line in lines} == {lines[0][2].pgh_context_id}
    assert lines[0][2].pgh_context.metadata == {"command": "import_homes"}


def test_a_statement_that_changes_nothing_notes_nobody():
    with doing(command="nothing"):
        Home.objects.filter(pk=0).update(name="Nowhere")
        Home.objects.filter(pk=0).delete()

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pghistory_context")
        assert cursor.fetchone() == (0,)


def test_a_change_that_is_rolled_back_leaves_no_line():
    home = factories.HomeFactory()
    with transaction.atomic():
        Home.objects.filter(pk=home.pk).update(name="Elsewhere")
        assert _labels(Home) == ["insert", "update"]
        transaction.set_rollback(True)

    assert _labels(Home) == ["insert"]
