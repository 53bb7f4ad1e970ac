import pytest
from django.contrib.gis.geos import Point
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.models import Asset
from geo.pyramid import CellsAsked
from geo.pyramid_counting import count_all, count_cells, tally, whole_cells
from geo.pyramid_folding import fold, fold_all
from tests.factories import NORWICH, SALE, AssetFactory

pytestmark = pytest.mark.django_db

ALL = CellsAsked("assets")
FAITH = CellsAsked("assets", kinds=("faith",))
FAITH_WITH_A_WAY_IN = CellsAsked("assets", kinds=("faith",), mark="way_in")
ASKED = [ALL, FAITH, CellsAsked("assets", mark="way_in"), FAITH_WITH_A_WAY_IN]


@pytest.fixture
def places():
    """A few hundred places over the country: half of them in the cells, half beside."""
    rows = [
        AssetFactory.build(
            name=f"{n}",
            location=Point(-5 + n * 37 % 60 / 10, 50.5 + n * 53 % 70 / 10, srid=4326),
            category=["faith", "sport"][n % 2],
            could_give="Cake" if n % 3 == 0 else "",
            wheelchair=["yes", "no", "limited", "unknown"][n % 4],
        )
        for n in range(300)
    ]
    Asset.objects.bulk_create(rows)
    fold(most=150)


LON, LAT = st.floats(-9.5, 2.5), st.floats(49.5, 61.5)


def test_a_box_holds_just_what_lies_in_it(places):
    # One database for all boxes: they only read.
    @settings(max_examples=40, deadline=None)
    @given(lons=st.tuples(LON, LON), lats=st.tuples(LAT, LAT), asked=st.sampled_from(ASKED))
    def in_any_box(lons, lats, asked):
        box = (min(lons), min(lats), max(lons), max(lats))
        rows = Asset.objects.published().in_bbox(*box)
        if asked.kinds:
            rows = rows.filter(category__in=asked.kinds)
        if asked.mark:
            rows = rows.filter(wheelchair__in=["yes", "limited"])

        assert count_cells(asked, box) == rows.count()

    in_any_box()


def test_places_on_the_very_edge_of_a_box_count(places):
    rows = Asset.objects.published()
    box = (-4.0, 51.0, -1.0, 55.0)
    on_edge = [row for row in rows if row.location.x == -4.0 or row.location.y == 51.0]

    assert on_edge
    assert count_cells(ALL, box) == rows.in_bbox(*box).count()


@pytest.mark.parametrize("side", [0.0, 0.0001, 0.004, 0.2, 2.0])
def test_a_box_of_any_size_is_counted(places, side):
    AssetFactory(location=SALE)
    box = (SALE.x - side, SALE.y - side, SALE.x + side, SALE.y + side)

    count = count_cells(ALL, box)

    assert count == Asset.objects.in_bbox(*box).count()
    assert count >= 1


def test_a_box_outside_the_country_is_empty_and_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert count_cells(ALL, (10, 10, 20, 20)) == 0


def test_the_world_holds_all(places):
    assert count_cells(ALL, (-180, -90, 180, 90)) == 300


def test_few_cells_are_read_of_a_box_of_any_size():
    for box in ((-9, 49.8, 2.1, 61), (-3, 53, -2, 54), (-2.33, 53.42, -2.31, 53.43)):
        assert sum(1 for _ in whole_cells(box).parts()) <= 100


def test_counts_by_kind_state_and_offer(places):
    AssetFactory(category="faith", check_state="fresh", could_give="Cake", location=NORWICH)
    AssetFactory(category="faith", visibility="draft", published_on=None)

    counts = tally()
    fold_all()

    assert tally() == counts
    assert counts["faith", "fresh", True] == 1
    assert sum(counts.values()) == 301 == count_all(ALL)
    rows = Asset.objects.published()
    faith = rows.filter(category="faith")
    assert count_all(FAITH) == faith.count()
    assert count_all(CellsAsked("assets", mark="way_in")) == 150
    open_to_all = faith.filter(wheelchair__in=["yes", "limited"])
    assert count_all(FAITH_WITH_A_WAY_IN) == open_to_all.count()
    assert count_all(CellsAsked("assets", offers=True)) == rows.exclude(could_give="").count()
    assert count_all(CellsAsked("assets", ("faith",), ("fresh", "due"), offers=True)) == (
        faith.exclude(could_give="").count()
    )


def test_counts_by_kind_state_and_offer_of_what_has_a_way_in(places):
    counts = tally(marked=True)
    fold_all()

    assert tally(marked=True) == counts
    assert sum(counts.values()) == 150
    for meant, count in counts.items():
        rows = Asset.objects.filter(category=meant.kind, check_state=meant.state)
        rows = rows.exclude(could_give="") if meant.offers else rows.filter(could_give="")
        assert count == rows.filter(wheelchair__in=["yes", "limited"]).count()
