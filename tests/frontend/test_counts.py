"""The counts beside the map are those of the rows, whoever looks and whatever is asked."""

import itertools

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from assets.filters import AssetQuery
from assets.models import Asset
from frontend import counts as counting
from frontend.counts import STEP_FREE, PlaceCounts
from frontend.selection import Selection
from tests.factories import SALE, AssetFactory, metres_east

pytestmark = pytest.mark.django_db

AROUND_SALE = "-2.34,53.41,-2.30,53.44"
QUESTIONS = [
    "&".join(parts)
    for parts in itertools.product(
        ["", "category=library_learning", "category=library_learning&category=garden_nature"],
        ["", "check_state=fresh", "check_state=due&check_state=stale"],
        ["", "wheelchair=yes&wheelchair=limited", "wheelchair=no"],
        ["", "offers=on"],
        ["", "q=elm", "show=homes"],
    )
]


@pytest.fixture(autouse=True)
def places(db):
    """One place of every combination near Sale, some far off, without a point, or drafts."""
    combinations = itertools.product(
        ["library_learning", "garden_nature"], ["fresh", "stale"], ["yes", "no"], ["", "Tea"]
    )
    for number, (kind, state, wheelchair, gives) in enumerate(combinations):
        common = {"category": kind, "check_state": state, "could_give": gives}
        for name, extra in (
            ("Elm", {"location": metres_east(SALE, 10 * number)}),
            ("Far", {"location": metres_east(SALE, 90_000)}),
            ("Elm draft", {"location": SALE, "visibility": "draft"}),
        ):
            AssetFactory(name=f"{name} {number}", wheelchair=wheelchair, **common, **extra)
    AssetFactory(
        name="Elm by post", category="library_learning", check_state="fresh", wheelchair="yes",
        location=None, location_precision="", location_source="",
    )  # fmt: skip


def _selection(query: str, *, sees_drafts: bool) -> Selection:
    params = QueryDict(query)
    return Selection(
        Asset.objects.visible_to(everywhere=sees_drafts, area_ids=[]),
        params,
        AssetQuery.parse(params),
        params.get("show", ""),
        offers=bool(params.get("offers")),
        sees_more=sees_drafts,
    )


def _with(query: str, **changes: list[str]) -> str:
    params = QueryDict(query, mutable=True)
    for name, values in changes.items():
        params.setlist(name, values)
    return params.urlencode()


@pytest.mark.parametrize("sees_drafts", [False, True])
def test_every_count_is_that_of_the_rows(sees_drafts):
    def rows(query):
        return _selection(query, sees_drafts=sees_drafts).assets()

    for query in QUESTIONS:
        counts = PlaceCounts(_selection(query, sees_drafts=sees_drafts))
        there = PlaceCounts(_selection(f"{query}&bbox={AROUND_SALE}", sees_drafts=sees_drafts))
        west, south, east, north = (float(edge) for edge in AROUND_SALE.split(","))

        assert counts.total == rows(query).count(), query
        assert there.in_view == rows(query).in_bbox(west, south, east, north).count(), query
        assert counts.fresh() == rows(_with(query, check_state=["fresh"])).count(), query
        assert counts.step_free() == rows(_with(query, wheelchair=[*STEP_FREE])).count(), query
        assert counts.offering() == rows(_with(query, offers=["on"])).count(), query


def test_a_kind_counts_what_it_would_show():
    counts = PlaceCounts(
        _selection("category=library_learning&check_state=fresh", sees_drafts=False)
    )

    assert counts.kinds() == {"library_learning": 9, "garden_nature": 8}


def test_counts_of_step_free_places_are_right_after_the_next_write():
    assert PlaceCounts(_selection("", sees_drafts=False)).step_free() == 17

    Asset.objects.filter(name__startswith="Far").update(wheelchair="limited")

    assert PlaceCounts(_selection("", sees_drafts=False)).step_free() == 25


def test_rows_that_are_looked_at_one_by_one_are_counted_up_to_a_number(monkeypatch):
    monkeypatch.setattr(counting, "MOST_COUNTED", 5)

    counts = PlaceCounts(_selection(f"q=elm&bbox={AROUND_SALE}", sees_drafts=False))

    assert (counts.in_view, counts.is_cut) == (6, True)


def test_no_row_is_counted_where_the_pyramid_knows(django_assert_num_queries):
    counts = PlaceCounts(_selection(f"bbox={AROUND_SALE}", sees_drafts=False))

    with django_assert_num_queries(3):  # the sums, what is beside them, and the view's
        assert (counts.in_view, counts.total) == (16, 33)


def test_step_free_places_are_counted_without_looking_at_any():
    with CaptureQueriesContext(connection) as asked:
        page = PlaceCounts(_selection("category=garden_nature", sees_drafts=False))
        assert (page.step_free(), sum(page.kinds().values())) == (8, 33)

    looked_at = [query["sql"] for query in asked if "assets_asset" in query["sql"]]
    assert len(asked) == 3  # the sums, those with a way in, and what is beside them
    assert all('"location" IS NULL' in statement for statement in looked_at)
