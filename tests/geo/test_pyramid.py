from dataclasses import replace

import pytest
from django.contrib.gis.geos import Point
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from assets import categories
from assets.cells import COUNTED
from assets.choices import CheckState, Wheelchair
from assets.models import Asset
from assets.twins.merging import merge
from assets.twins.undoing import undo
from geo import pyramid
from geo.models import PyramidCell, PyramidChange
from geo.pyramid import CellsAsked, Counted, encode_cells, sheets
from geo.pyramid_folding import check, fold, fold_all
from geo.tiles import Tile
from tests.factories import NORWICH, SALE, AssetFactory, member
from tests.geo.pyramid import ALL, assert_right, shown, spot

pytestmark = pytest.mark.django_db

KINDS = ["faith", "sport", "garden_nature"]
SPOTS = [
    SALE,
    NORWICH,
    Point(-2.3221, 53.4241, srid=4326),
    Point(-6.3, 49.9, srid=4326),
    Point(0, 51.4779, srid=4326),  # on the edge of tiles of every zoom
]


def the_tile(point, zoom):
    return Tile(zoom, *spot(point, zoom)[0])


@pytest.mark.parametrize("folded", [False, True])
@pytest.mark.parametrize("zoom", range(13))
def test_each_cell_holds_the_places_that_lie_in_it(zoom, folded):
    for n, point in enumerate(SPOTS * 2):
        AssetFactory(location=point, category=KINDS[n % 3])
    if folded:
        fold_all()

    assert_right(zooms=[zoom])


def test_a_cell_is_drawn_in_the_middle_of_its_places():
    west = AssetFactory(location=SALE)
    AssetFactory(location=Point(SALE.x + 0.0005, SALE.y, srid=4326))
    tile = the_tile(SALE, 9)

    before = encode_cells(ALL, tile)
    fold_all()

    assert encode_cells(ALL, tile) == before  # to the last 4096th of the tile
    (x, y), cell = spot(west.location, 9)
    assert shown(ALL, Tile(9, x, y)) == {cell: 2}


@pytest.mark.parametrize("folded", [False, True])
@pytest.mark.parametrize(
    "asked",
    [
        CellsAsked("assets", kinds=("faith",)),
        CellsAsked("assets", kinds=tuple(kind for kind in categories.SLUGS if kind != "faith")),
        CellsAsked("assets", kinds=categories.SLUGS),
        CellsAsked("assets", states=("fresh", "stale")),
        CellsAsked("assets", states=("fresh", "due", "stale")),
        CellsAsked("assets", offers=True),
        CellsAsked("assets", kinds=("faith", "sport"), states=("due",), offers=True),
        CellsAsked("assets", kinds=categories.SLUGS[1:], states=("fresh",)),
        CellsAsked("assets", mark="way_in"),
        CellsAsked("assets", mark="way_in", states=("due", "stale"), offers=True),
        CellsAsked("assets", kinds=("faith", "sport"), mark="way_in"),
        CellsAsked("assets", kinds=("faith",), mark="way_in", states=("due",), offers=True),
        CellsAsked("assets", kinds=categories.SLUGS[1:], mark="way_in"),
        CellsAsked("assets", kinds=categories.SLUGS, mark="way_in"),
    ],
    ids=[
        *("one kind", "all but one", "all", "states", "all states", "offers", "much", "most"),
        *("mark", "mark and more", "mark and kinds", "mark, kind and more", "mark, most kinds"),
        "mark, all kinds",
    ],
)
def test_filters_count_what_they_name(asked, folded):
    for n, kind in enumerate([*KINDS, *categories.SLUGS[:3]] * 6):
        AssetFactory(
            category=kind,
            location=SPOTS[n % 3],
            check_state=CheckState.values[n % 3],
            could_give="Cake" if n % 4 else "",
            wheelchair=Wheelchair.values[n % 5 % 4],
        )
    if folded:
        fold_all()

    assert_right(asked, zooms=[0, 5, 10, 11, 12])


@pytest.mark.parametrize("zoom", [5, 12])
def test_no_filter_makes_a_tile_read_more_than_it_must(zoom):
    many = CellsAsked("assets", kinds=categories.SLUGS[1:])

    assert len(sheets(many, zoom=zoom)) == (2 if zoom <= 10 else 24 * 6)
    # The sum over kinds of what has a mark is there at every zoom.
    marked = replace(many, mark="way_in")
    assert len(sheets(marked, zoom=zoom)) == (2 if zoom <= 10 else 2 * 6)
    assert len(sheets(replace(marked, kinds=()), zoom=zoom)) == (1 if zoom <= 10 else 6)


def test_what_nobody_may_see_is_in_no_cell():
    for hidden in (
        {"visibility": "draft", "published_on": None},
        {"visibility": "hidden"},
        {"state": "closed"},
        {"location": None, "location_precision": "", "location_source": ""},
    ):
        AssetFactory(**hidden)

    assert not PyramidChange.objects.exists()
    assert encode_cells(ALL, the_tile(SALE, 9)) == b""


def test_rows_beside_the_public_ones_are_counted_with_them():
    AssetFactory()
    AssetFactory(visibility="draft", published_on=None)
    AssetFactory(visibility="draft", published_on=None, location=NORWICH)
    drafts = Asset.objects.filter(visibility="draft")
    tile = the_tile(SALE, 12)

    assert sum(shown(ALL, tile, extra=drafts).values()) == 2
    assert sum(shown(ALL, tile, extra=drafts.none()).values()) == 1
    assert sum(shown(ALL, tile).values()) == 1


def test_a_tile_is_one_statement_and_one_far_away_is_none():
    AssetFactory()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        encode_cells(ALL, the_tile(SALE, 9), extra=Asset.objects.filter(visibility="draft"))
        assert len(asked) == 1
        assert encode_cells(ALL, Tile(5, 0, 0)) == b""
        assert len(asked) == 1


def test_refuses_what_it_does_not_count():
    for asked in (
        CellsAsked("homes"),
        CellsAsked("assets", kinds=("castle",)),
        CellsAsked("assets", states=("rotten",)),
        CellsAsked("assets", mark="grand"),
    ):
        with pytest.raises(ValueError, match=r"not"):
            encode_cells(asked, the_tile(SALE, 9))
    with pytest.raises(ValueError, match="zoom 13 is not in cells"):
        encode_cells(ALL, the_tile(SALE, 13))
    with pytest.raises(ValueError, match="something else"):
        pyramid.register(Counted("others", (), (), "", ""))


def test_writes_that_change_no_count_leave_nothing():
    place = AssetFactory()
    fold_all()
    place.name = "Another name"
    place.save()
    Asset.objects.update(description="Roses")

    assert not PyramidChange.objects.exists()


def test_emptying_the_table_empties_the_pyramid():
    AssetFactory()
    fold_all()
    AssetFactory()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE assets_asset CASCADE")

    assert not PyramidChange.objects.exists()
    assert not PyramidCell.objects.exists()


def test_cells_that_are_emptied_are_forgotten():
    place = AssetFactory()
    fold_all()
    assert PyramidCell.objects.exists()

    place.delete()
    fold_all()

    assert not PyramidCell.objects.exists()


POINTS = st.sampled_from(SPOTS)
NUMBER = st.integers(0, 7)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("insert"), POINTS, st.sampled_from(KINDS)),
        st.tuples(st.just("move"), NUMBER, POINTS),
        st.tuples(st.just("recategorise"), NUMBER, st.sampled_from(KINDS)),
        st.tuples(st.just("check"), NUMBER, st.sampled_from(CheckState.values)),
        st.tuples(st.just("offer"), NUMBER, st.sampled_from(["", "Cake"])),
        st.tuples(st.just("way in"), NUMBER, st.sampled_from(Wheelchair.values)),
        st.tuples(st.just("show"), NUMBER, st.sampled_from(["draft", "published", "hidden"])),
        st.tuples(st.just("close"), NUMBER, st.sampled_from(["open", "closed"])),
        st.tuples(st.just("delete"), NUMBER, st.none()),
        st.tuples(st.just("merge"), NUMBER, NUMBER),
        st.tuples(st.just("undo merge"), st.none(), st.none()),
        st.tuples(st.just("by sql"), st.sampled_from(KINDS), st.sampled_from(KINDS)),
        st.tuples(st.just("copy by sql"), POINTS, st.none()),
        st.tuples(st.just("roll back"), POINTS, st.none()),
        st.tuples(st.just("fold"), st.integers(1, 5), st.none()),
    ),
    min_size=4,
    max_size=14,
)


class History:
    """Places to which things happen; what is impossible does not."""

    def __init__(self):
        self.by = member("administrator")
        self.merges = []

    def take(self, what, one, other):
        do = getattr(self, what.replace(" ", "_"), None)
        if do is not None:
            do(one, other)
            return
        place = self.place(one)
        column = {
            "recategorise": "category",
            "check": "check_state",
            "offer": "could_give",
            "way in": "wheelchair",
            "show": "visibility",
            "close": "state",
            "move": "location",
        }[what]
        if place and not place.merged_into_id:
            setattr(place, column, other)
            place.save()

    @staticmethod
    def place(number):
        return Asset.objects.order_by("pk")[number : number + 1].first()

    def insert(self, point, kind):
        AssetFactory(location=point, category=kind)

    def delete(self, number, _):
        place = self.place(number)
        if place and not self.merges:
            place.delete()

    def merge(self, one, other):
        keep, lose = self.place(one), self.place(other)
        if keep and lose and keep != lose and not (keep.merged_into_id or lose.merged_into_id):
            self.merges.append(merge(by=self.by, keep=keep, lose=lose, choices={}))

    def undo_merge(self, *_):
        if self.merges:
            undo(by=self.by, merge=self.merges.pop())

    def by_sql(self, was, now):
        Asset.objects.filter(category=was).update(category=now, check_state="stale")

    def copy_by_sql(self, point, _):
        rows = [AssetFactory.build(location=point, name=f"{n}") for n in range(3)]
        Asset.objects.bulk_create(rows)

    def roll_back(self, point, _):
        with transaction.atomic():
            AssetFactory(location=point)
            Asset.objects.filter(category="faith").update(visibility="hidden")
            transaction.set_rollback(True)

    def fold(self, most, _):
        tile = the_tile(SALE, 9)
        before = shown(ALL, tile)
        fold(most=most)
        assert shown(ALL, tile) == before


@settings(max_examples=12, deadline=None)
@given(steps=STEPS)
def test_any_history_leaves_just_the_places_there_are(steps):
    with transaction.atomic():
        history = History()
        for point, kind in zip(SPOTS, KINDS, strict=False):
            history.insert(point, kind)
        fold_all()
        for step in steps:
            history.take(*step)

        tiles = [the_tile(point, zoom) for point in SPOTS for zoom in (0, 7, 12)]
        assert_right(zooms=[0, 7, 12], tiles=tiles)
        assert_right(CellsAsked("assets", kinds=("faith",), offers=True), zooms=[4, 12])
        assert_right(CellsAsked("assets", mark="way_in"), zooms=[4, 12], tiles=tiles)
        both = CellsAsked("assets", kinds=("faith", "sport"), mark="way_in")
        assert_right(both, zooms=[0, 7, 12], tiles=tiles)
        assert check().different == 0
        fold_all()
        assert check().different == 0
        assert_right(zooms=[7], tiles=tiles)
        assert_right(both, zooms=[0, 7, 12], tiles=tiles)
        transaction.set_rollback(True)


def test_the_words_are_numbered_as_the_triggers_number_them():
    with connection.cursor() as cursor:
        for kind in COUNTED.kinds:
            for state in COUNTED.states:
                for gives in ("", "Cake"):
                    cursor.execute("SELECT assets_cell_what(%s, %s, %s)", [kind, state, gives])
                    asked = CellsAsked("assets", (kind,), (state,), offers=bool(gives))
                    assert cursor.fetchone()[0] == pyramid.asked_numbers(asked)[0]
