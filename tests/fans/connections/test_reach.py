"""What lies within reach of a home, kept by the database whoever writes."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction
from django.utils import timezone

from assets.models import Asset
from fans.connections.models import REACH_M, Reach
from homes.models import Home
from tests.factories import NORWICH, SALE, AssetFactory, HomeFactory, metres_east

PUBLISHED_ON = dt.date(2026, 1, 1)
EARLIER = dt.date(2026, 3, 1)

pytestmark = pytest.mark.django_db

NO_PLACE = {"location": None, "location_precision": "", "location_source": ""}


def reach():
    """Every (home, asset) pair in reach, with the day it came."""
    return {(row.home_id, row.asset_id): row.since for row in Reach.objects.all()}


def today():
    return timezone.localdate()


def came_on(day):
    Reach.objects.update(since=day)


# --- coming ---------------------------------------------------------------------------


def test_a_new_place_is_in_reach_since_it_was_published(home):
    asset = AssetFactory(location=metres_east(SALE, 600))

    assert reach() == {(home.pk, asset.pk): PUBLISHED_ON}


def test_a_new_home_reaches_what_stood_there_before():
    near, far = AssetFactory(), AssetFactory(location=NORWICH)

    home = HomeFactory()

    assert reach() == {(home.pk, near.pk): PUBLISHED_ON}
    assert far.pk not in {asset for _, asset in reach()}


def test_metres_are_those_of_an_independent_measure(home):
    AssetFactory(location=metres_east(SALE, 437.5))

    assert Reach.objects.get().metres == pytest.approx(437.5, abs=0.01)


@pytest.mark.parametrize(("metres", "within"), [(614.99, True), (615.01, False)])
def test_reach_ends_at_615_metres(home, metres, within):
    AssetFactory(location=metres_east(SALE, metres))

    assert Reach.objects.exists() is within


def test_the_last_point_inside_and_the_first_outside_are_told_apart(home):
    near = AssetFactory(location=edge_point(lambda metres: metres < REACH_M)[0])
    AssetFactory(location=edge_point(lambda metres: metres <= REACH_M)[1])

    assert list(reach()) == [(home.pk, near.pk)]
    assert Reach.objects.get().metres == pytest.approx(REACH_M, abs=2e-8)


def test_a_home_that_moves_to_the_edge_reaches_the_inside_point_alone():
    near = AssetFactory(location=edge_point(lambda metres: metres < REACH_M)[0])
    AssetFactory(location=edge_point(lambda metres: metres <= REACH_M)[1])
    home = HomeFactory(location=NORWICH)

    Home.objects.filter(pk=home.pk).update(location=SALE)

    assert list(reach()) == [(home.pk, near.pk)]


def test_a_point_on_the_edge_itself_can_be_saved(home):
    """PostGIS rounds what it measures to 10 nanometres, and not what it compares."""
    first = edge_point(lambda metres: metres < REACH_M)[1]
    last = edge_point(lambda metres: metres <= REACH_M)[0]

    for part in range(9):
        on_edge = SALE.clone()
        on_edge.x = first.x + (last.x - first.x) * part / 8
        AssetFactory(location=on_edge)

    assert Asset.objects.count() == 9
    assert set(Reach.objects.values_list("metres", flat=True)) <= {REACH_M}


def edge_point(is_inside):
    """Return the last point inside and the first outside, east of Sale: two doubles."""
    inside, outside = SALE.clone(), SALE.clone()
    inside.x, outside.x = metres_east(SALE, 614).x, metres_east(SALE, 616).x
    while True:
        middle = inside.clone()
        middle.x = (inside.x + outside.x) / 2
        if middle.x in (inside.x, outside.x):
            return inside, outside
        if is_inside(measured(middle)):
            inside = middle
        else:
            outside = middle


def measured(point):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ST_Distance(%s::geography, %s::geography)", [SALE.ewkt, point.ewkt]
        )
        return cursor.fetchone()[0]


def test_places_written_in_bulk_count_too(home):
    rows = [AssetFactory.build(location=metres_east(SALE, 100 * n)) for n in range(1, 9)]

    Asset.objects.bulk_create(rows)

    assert set(reach()) == {(home.pk, row.pk) for row in rows[:6]}


def test_homes_written_in_bulk_count_too():
    asset = AssetFactory()
    place = {"location_precision": "exact", "location_source": "register"}
    near = Home(name="Near", kind="nursing", postcode="M33 2DH", location=SALE, **place)
    far = Home(name="Far", kind="nursing", postcode="NR1 3QY", location=NORWICH, **place)

    Home.objects.bulk_create([near, far])

    assert reach() == {(near.pk, asset.pk): PUBLISHED_ON}


@pytest.mark.parametrize("category", ["transport_access", "individual_gift", "online"])
def test_what_is_no_neighbour_to_walk_to_is_never_in_reach(home, category):
    no_place = {} if category == "transport_access" else NO_PLACE
    shown = {} if category != "individual_gift" else {"visibility": "draft"}

    AssetFactory(category=category, **no_place, **shown)

    assert reach() == {}


@pytest.mark.parametrize(
    "hidden", [{"visibility": "draft"}, {"visibility": "hidden"}, {"state": "closed"}]
)
def test_what_the_public_cannot_see_is_not_in_reach(home, hidden):
    AssetFactory(**hidden)

    assert reach() == {}


def test_rows_without_a_place_are_in_nobody_s_reach():
    HomeFactory(**NO_PLACE)
    AssetFactory(**NO_PLACE)
    HomeFactory(name="Elmbank", location=NORWICH)

    assert reach() == {}


# --- changing -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"visibility": "draft"}, {"visibility": "published"}),
        ({"visibility": "hidden"}, {"visibility": "published"}),
        ({"state": "closed"}, {"state": "open"}),
        ({"category": "transport_access"}, {"category": "sport"}),
        ({"location": NORWICH}, {"location": SALE}),
    ],
)
def test_what_comes_into_reach_by_a_change_came_today(home, before, after):
    asset = AssetFactory(**before)
    assert reach() == {}

    Asset.objects.filter(pk=asset.pk).update(**after)

    assert reach() == {(home.pk, asset.pk): today()}


@pytest.mark.parametrize(
    "after",
    [
        {"visibility": "draft"},
        {"visibility": "hidden"},
        {"state": "closed"},
        {"category": "transport_access"},
        {"category": "online", **NO_PLACE},
        {"location": NORWICH},
        NO_PLACE,
    ],
)
def test_what_leaves_reach_by_a_change_is_gone(home, after):
    asset = AssetFactory()
    assert len(reach()) == 1

    Asset.objects.filter(pk=asset.pk).update(**after)

    assert reach() == {}


def test_what_leaves_and_returns_comes_back_today(home):
    asset = AssetFactory()
    came_on(EARLIER)

    Asset.objects.filter(pk=asset.pk).update(visibility="hidden")
    Asset.objects.filter(pk=asset.pk).update(visibility="published")

    assert reach() == {(home.pk, asset.pk): today()}


def test_a_small_move_of_a_place_keeps_the_day_and_measures_again(home):
    asset = AssetFactory()
    came_on(EARLIER)

    asset.location = metres_east(SALE, 250)
    asset.save()

    assert reach() == {(home.pk, asset.pk): EARLIER}
    assert Reach.objects.get().metres == pytest.approx(250, abs=0.01)


def test_a_small_move_of_a_home_keeps_the_day_and_measures_again(home):
    asset = AssetFactory()
    came_on(EARLIER)

    home.location = metres_east(SALE, 250)
    home.save()

    assert reach() == {(home.pk, asset.pk): EARLIER}
    assert Reach.objects.get().metres == pytest.approx(250, abs=0.01)


def test_a_move_in_bulk_keeps_the_days_of_those_that_stay(home):
    stays, leaves = AssetFactory(), AssetFactory()
    came_on(EARLIER)
    stays.location, leaves.location = metres_east(SALE, 90), NORWICH

    Asset.objects.bulk_update([stays, leaves], ["location"])

    assert reach() == {(home.pk, stays.pk): EARLIER}


def test_a_home_that_moves_away_takes_its_reach_along():
    there = AssetFactory(location=NORWICH)
    home = HomeFactory()
    AssetFactory()
    came_on(EARLIER)

    Home.objects.filter(pk=home.pk).update(location=NORWICH)

    assert reach() == {(home.pk, there.pk): today()}


def test_a_home_that_loses_its_place_reaches_nothing(home):
    AssetFactory()

    Home.objects.filter(pk=home.pk).update(**NO_PLACE)

    assert reach() == {}


@pytest.mark.parametrize(
    "after", [{"category": "sport"}, {"name": "Renamed"}, {"published_on": EARLIER}]
)
def test_other_changes_of_a_place_keep_the_day(home, after):
    asset = AssetFactory()
    came_on(EARLIER)

    Asset.objects.filter(pk=asset.pk).update(**after)

    assert reach() == {(home.pk, asset.pk): EARLIER}


def test_other_homes_keep_their_day_when_one_moves(home):
    asset = AssetFactory()
    other = HomeFactory(name="Elmbank")
    came_on(EARLIER)

    Home.objects.filter(pk=other.pk).update(location=NORWICH)

    assert reach() == {(home.pk, asset.pk): EARLIER}


def test_plain_sql_counts_too(home):
    asset = AssetFactory()

    with connection.cursor() as cursor:
        cursor.execute("UPDATE assets_asset SET visibility = 'hidden'")

    assert reach() == {}
    assert Asset.objects.get().pk == asset.pk


# --- going ----------------------------------------------------------------------------


def test_a_deleted_place_is_out_of_reach(home):
    AssetFactory().delete()

    assert reach() == {}


def test_a_deleted_home_reaches_nothing(home):
    AssetFactory()
    home.registrations.all().delete()

    home.delete()

    assert reach() == {}


@pytest.mark.parametrize("table", ["assets_asset", "homes_home"])
def test_rows_deleted_by_plain_sql_leave_nothing_behind(home, table):
    AssetFactory()
    home.registrations.all().delete()

    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    assert reach() == {}


# --- two at once ------------------------------------------------------------------------


def write_beside(first, second):
    """Run ``second`` in another connection while the transaction of ``first`` is open."""
    wrote, done = Event(), Event()

    def other():
        try:
            wrote.wait(timeout=10)
            return second()
        finally:
            done.set()
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(other)
        with transaction.atomic():
            first()
            wrote.set()
            done.wait(timeout=0.5)  # the other waits for this commit, or is through
        return waiting.result(timeout=10)


@pytest.mark.django_db(transaction=True)
def test_a_home_and_a_place_written_at_once_find_each_other():
    write_beside(HomeFactory, AssetFactory)

    assert len(reach()) == 1


@pytest.mark.django_db(transaction=True)
def test_a_place_and_a_home_written_at_once_find_each_other():
    write_beside(AssetFactory, HomeFactory)

    assert len(reach()) == 1


@pytest.mark.django_db(transaction=True)
def test_a_home_and_a_place_that_move_together_at_once_find_each_other():
    home, asset = HomeFactory(), AssetFactory(location=NORWICH)

    write_beside(
        lambda: Home.objects.filter(pk=home.pk).update(location=metres_east(NORWICH, 300)),
        lambda: Asset.objects.filter(pk=asset.pk).update(location=metres_east(NORWICH, 100)),
    )

    assert set(reach()) == {(home.pk, asset.pk)}


@pytest.mark.django_db(transaction=True)
def test_places_written_at_once_do_not_wait_for_each_other():
    home = HomeFactory()

    assert write_beside(AssetFactory, lambda: len(reach())) == 0
    write_beside(AssetFactory, AssetFactory)

    assert len(reach()) == 3
    assert {key[0] for key in reach()} == {home.pk}
