"""Which places are looked at: of each kind the nearest, by one index."""

import pytest
from django.db import connection

from assets.models import Asset
from fans.connections.gaps.candidates import KINDS, NEAREST, nearest_of_each_kind
from fans.connections.gaps.ways import LOOK_WITHIN_M
from tests import factories
from tests.factories import SALE, metres_east

pytestmark = pytest.mark.django_db


def place(metres: float, category: str = "sport", **values):
    return factories.AssetFactory(
        location=metres_east(SALE, metres), category=category, **values
    )


def found(**asked):
    return [one.pk for one in nearest_of_each_kind(SALE, **asked)]


def test_the_nearest_of_each_kind_are_found_with_their_distance() -> None:
    near, far = place(200), place(900)
    club = place(500, "clubs_societies")

    rows = nearest_of_each_kind(SALE)

    assert {row.pk for row in rows} == {near.pk, far.pk, club.pk}
    assert [round(row.metres) for row in rows if row.category == "sport"] == [200, 900]


def test_no_kind_brings_more_than_its_share_however_many_there_are() -> None:
    shops = [place(10 * number, "shops") for number in range(5)]
    club = place(3000, "clubs_societies")

    assert set(found(most=3)) == {*(shop.pk for shop in shops[:3]), club.pk}


@pytest.mark.parametrize(
    "values",
    [
        {"visibility": "draft", "published_on": None},
        {"visibility": "hidden", "published_on": None},
        {"state": "closed"},
        {"category": "transport_access"},
    ],
)
def test_what_is_not_public_has_closed_or_is_no_partner_is_left_out(values) -> None:
    place(100, **values)

    assert found() == []


def test_what_lies_too_far_or_is_left_out_by_number_is_not_found() -> None:
    place(LOOK_WITHIN_M + 50)
    tied = place(100)

    assert found(left_out=[tied.pk]) == []


def test_what_a_place_says_of_whom_it_suits_is_read_only_when_asked_for() -> None:
    place(100, name="Chapel hall", suits="Anyone")

    assert [row.about for row in nearest_of_each_kind(SALE)] == [""]
    (row,) = nearest_of_each_kind(SALE, with_about=True)
    assert row.about.startswith("Chapel hall")
    assert row.about.endswith("Anyone")


def test_one_statement_walks_the_index_of_kind_and_place_in_the_order_of_distance() -> None:
    """A literal of another type than the column's, or "IN", would read and sort instead."""
    Asset.objects.bulk_create(
        factories.AssetFactory.build(
            name=f"Place {number}",
            category=KINDS[number % len(KINDS)],
            location=metres_east(SALE, 7 * number),
        )
        for number in range(600)
    )
    asked = {"kinds": list(KINDS), "about": False, "here": SALE.ewkt, "left_out": [1, 2]}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE assets_asset")
        # So few rows are as quickly sorted; a full table is not (bin/bench gaps).
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {NEAREST}", asked | {"within": LOOK_WITHIN_M, "most": 50})
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "Index Scan using assets_asset_kind_near_gist" in plan
    assert "Order By: (location <->" in plan
    assert "(category)::text = kind.slug" in plan.split("Index Cond")[1].split("\n")[0]
    assert "Sort" not in plan
    assert "Seq Scan" not in plan
