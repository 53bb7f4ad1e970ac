"""Whatever is written, in whatever order: what is shown is what the rules say."""

import datetime as dt
from threading import Thread

import pytest
from django.db import connection, connections, transaction
from django.db.migrations.loader import MigrationLoader
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.masking import LEAST_POSTCODES
from geo.models import PostcodeCell
from homes.models import SMALL_HOME_BEDS, Home, Registration
from tests.factories import SALE, HomeFactory, metres_east

pytestmark = pytest.mark.django_db

NUMBERS = st.integers(0, 2)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("beds"), NUMBERS, st.sampled_from([None, 0, 3, 6, 7, 40])),
        st.tuples(st.just("end"), NUMBERS, st.booleans()),
        st.tuples(st.just("hand on"), NUMBERS, NUMBERS),
        st.tuples(st.just("drop"), NUMBERS, st.none()),
        st.tuples(st.just("move"), NUMBERS, st.sampled_from([0, 700, None])),
        st.tuples(st.just("postcode"), NUMBERS, st.sampled_from(["M33 2DH", "M33 9ZZ", "M1"])),
        st.tuples(st.just("cell"), st.sampled_from(["M33 2", "M33"]), st.integers(49, 51)),
        st.tuples(st.just("no cells"), NUMBERS, st.none()),
        st.tuples(st.just("lie"), NUMBERS, st.none()),
    ),
    max_size=12,
)


def _do(what, which, value, homes):
    home = homes[which] if isinstance(which, int) else None
    registrations = Registration.objects.filter(home=home) if home else None
    if what == "beds":
        registrations.update(beds=value)
    elif what == "end":
        registrations.update(until=dt.date(2026, 1, 1) if value else None)
    elif what == "hand on":
        registrations.update(home=homes[value])
    elif what == "drop":
        registrations.delete()
    elif what == "move":
        home.location = metres_east(SALE, value) if value is not None else None
        home.location_precision = "exact" if home.location else ""
        home.location_source = "map" if home.location else ""
        home.save()
    elif what == "postcode":
        home.postcode = value
        home.save()
    elif what == "cell":
        PostcodeCell.objects.update_or_create(
            code=which,
            defaults={
                "kind": "sector" if " " in which else "outcode",
                "location": metres_east(SALE, 3000),
                "postcodes_count": value,
            },
        )
    elif what == "no cells":
        PostcodeCell.objects.all().delete()
    else:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE homes_home SET shown_name = name, shown_at = location,"
                " open_beds = 99 WHERE id = %s",
                [home.pk],
            )


def _by_the_rules(home):
    still = [row.beds for row in home.registrations.filter(until=None) if row.beds is not None]
    beds = sum(still) if still else None
    cell = (
        PostcodeCell.objects.filter(
            code__in=[home.postcode[:-2], home.postcode[:-4]],
            postcodes_count__gte=LEAST_POSTCODES,
        )
        .order_by("-kind")
        .first()
    )
    told = (beds, cell.code if cell else None, cell.kind if cell else None)
    if beds is None or beds >= SMALL_HOME_BEDS:
        return (*told, home.name, home.location)
    name = f"Small home in {cell.code}" if cell else "Small home"
    return (*told, name, cell.location if cell else None)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(STEPS)
def test_columns_say_what_the_rules_say_after_any_writes(steps):
    with transaction.atomic():
        homes = [HomeFactory(name=f"House {n}", beds=6 * n) for n in range(3)]
        for what, which, value in steps:
            _do(what, which, value, homes)
            for home in Home.objects.filter(pk__in=[home.pk for home in homes]):
                columns = (home.open_beds, home.cell, home.cell_kind)
                assert (*columns, home.shown_name, home.shown_at) == _by_the_rules(home)
        transaction.set_rollback(True)


def test_two_that_write_registrations_of_one_home_both_count(transactional_db):
    """The second waits for the first, and counts what it wrote."""
    home = HomeFactory(beds=4)
    found = []

    def add():
        try:
            with transaction.atomic():
                Registration.objects.create(
                    home=home, regulator="cqc", regulator_id="1-other", provider="P", beds=5
                )
                found.append("written")
        finally:
            connections.close_all()

    with transaction.atomic():
        Registration.objects.filter(home=home).update(beds=1)
        second = Thread(target=add)
        second.start()
        second.join(0.5)  # waits for the home's row
        assert found == []
    second.join(10)
    assert found == ["written"]
    assert Home.objects.get(pk=home.pk).open_beds == 6


def test_taking_the_columns_back_leaves_what_other_rooms_search_by():
    migrations = MigrationLoader(None).disk_migrations
    needs, *_ = migrations["homes", "0005_what_the_public_sees_of_a_home"].operations

    with connection.schema_editor() as editor:
        needs.database_backwards("homes", editor, None, None)

    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_extension WHERE extname = 'pg_trgm'")
        assert cursor.rowcount == 1
