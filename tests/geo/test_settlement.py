"""Tiles of where people live, drawn once for all visitors."""

import pytest

from geo.gazetteers import read_package
from geo.ground import load_ground
from geo.loading import load_all, load_some
from geo.models import Postcode, PostcodeCell, SettlementTile
from geo.settlement import draw_settlement, drawn_settlement
from geo.tiles import PointLayer, Tile, encode_points
from tests.factories import NORWICH, SALE, metres_east
from tests.geo.gazetteers import write_package
from tests.geo.test_tiles import tile_of
from tests.mvt import read_tile

pytestmark = pytest.mark.django_db
COUNTED = PointLayer("postcodes", {}, points_from_zoom=18, cells=128)


def counts(data: bytes) -> dict[int, int]:
    """Return how many cells of each count a tile has."""
    features = read_tile(data).get("postcodes", [])
    return {feature.properties["n"]: feature.points for feature in features}


def postcodes(where, number, letters="AB"):
    for place in range(number):
        code = f"{letters}{place // 100 % 10}{place // 10 % 10}{'ABDEFGHJLN'[place % 10]}Z"
        Postcode.objects.create(code=code, location=where)


@pytest.fixture
def package(tmp_path, monkeypatch):
    write_package(tmp_path, monkeypatch)


def test_a_loaded_gazetteer_is_drawn_at_every_wide_zoom(package):
    load_all(read_package(), source="package", file="", say=str)

    assert {tile.z for tile in SettlementTile.objects.all()} == set(range(4, 11))
    for zoom in range(7, 11):
        tiles = SettlementTile.objects.filter(z=zoom)
        drawn = [counts(bytes(tile.data)) for tile in tiles]
        assert sum(n * cells for tile in drawn for n, cells in tile.items()) == 4


def test_some_postcodes_are_drawn_as_well(package):
    load_some(read_package(["M33"]), file="", say=str)

    tile = drawn_settlement(tile_of(SALE, 10))
    assert sum(n * cells for n, cells in counts(tile).items()) == 3


@pytest.mark.parametrize("zoom", [7, 9, 10])
def test_a_cell_stands_where_counting_would_put_it(zoom):
    postcodes(SALE, 3)
    postcodes(metres_east(SALE, 9_000), 2, "CD")
    draw_settlement()

    drawn = read_tile(drawn_settlement(tile_of(SALE, zoom)))["postcodes"]

    counted = read_tile(encode_points(Postcode.objects.all(), tile_of(SALE, zoom), COUNTED))
    assert sorted((feature.properties["n"], feature.at) for feature in drawn) == sorted(
        (feature.properties["n"], feature.at) for feature in counted["postcodes"]
    )


def test_large_counts_are_rounded_to_two_binary_digits():
    postcodes(SALE, 11)
    postcodes(NORWICH, 30, "CD")
    draw_settlement()

    assert counts(drawn_settlement(tile_of(SALE, 9))) == {12: 1}
    assert counts(drawn_settlement(tile_of(NORWICH, 9))) == {32: 1}


def test_far_out_the_middles_of_sectors_stand_for_their_postcodes():
    PostcodeCell.objects.create(code="M33 2", kind="sector", location=SALE, postcodes_count=96)
    PostcodeCell.objects.create(code="M33", kind="outcode", location=SALE, postcodes_count=512)
    draw_settlement()

    assert counts(drawn_settlement(tile_of(SALE, 5))) == {96: 1}


def test_where_nobody_lives_the_tile_is_empty_and_costs_no_counting():
    postcodes(SALE, 1)
    draw_settlement()

    assert drawn_settlement(tile_of(NORWICH, 10)) == b""


@pytest.mark.parametrize("zoom", [3, 11])
def test_other_zooms_are_not_drawn(zoom):
    postcodes(SALE, 1)
    draw_settlement()

    assert drawn_settlement(tile_of(SALE, zoom)) is None


def test_nothing_is_drawn_before_anything_is_loaded():
    assert drawn_settlement(Tile(8, 126, 82)) is None


def test_postcodes_from_before_there_were_tiles_are_drawn_with_the_ground(package):
    load_all(read_package(), source="package", file="", say=str)
    SettlementTile.objects.all().delete()

    load_ground()

    assert SettlementTile.objects.filter(z=10).exists()


def test_drawing_again_leaves_the_same_tiles():
    postcodes(SALE, 5)
    draw_settlement()
    before = set(SettlementTile.objects.values_list("z", "x", "y"))

    assert draw_settlement() == len(before)
    assert set(SettlementTile.objects.values_list("z", "x", "y")) == before
