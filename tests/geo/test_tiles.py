import math
from itertools import product

import pytest
from django.contrib.gis.geos import Point

from assets.models import Asset
from geo.models import Area, AreaKind, Place, PostcodeCell
from geo.tiles import EXTENT, PointLayer, Tile, encode_areas, encode_points
from tests.factories import NORWICH, SALE, AreaFactory, AssetFactory, box
from tests.mvt import read_tile

LAYER = PointLayer("assets", {"id": "pk", "name": "name"})


def tile_of(point: Point, zoom: int) -> Tile:
    """Return the tile that holds a point, by the formula of web mercator."""
    count = 2**zoom
    lat = math.radians(point.y)
    x = (point.x + 180) / 360 * count
    y = (1 - math.asinh(math.tan(lat)) / math.pi) / 2 * count
    return Tile(zoom, int(x), int(y))


def test_agrees_with_the_published_number_of_a_tile():
    # https://wiki.openstreetmap.org/wiki/Slippy_map_tilenames, by its formula
    assert tile_of(Point(-2.3244, 53.4243), 12) == Tile(12, 2021, 1326)


@pytest.mark.parametrize(
    ("z", "x", "y"), [(-1, 0, 0), (19, 0, 0), (3, 8, 0), (3, 0, 8), (3, -1, 0), (0, 0, 1)]
)
def test_refuses_a_tile_outside_the_pyramid(z, x, y):
    with pytest.raises(ValueError, match="zoom"):
        Tile(z, x, y)


def test_knows_its_own_corners():
    tile = tile_of(SALE, 14)

    west, south, east, north = tile.bbox

    assert west <= SALE.x < east
    assert south < SALE.y <= north
    assert east - west == pytest.approx(360 / 2**14)


@pytest.mark.django_db
def test_places_a_point_where_it_is_and_says_what_was_asked():
    asset = AssetFactory(name="The Copper Kettle", location=SALE)
    tile = tile_of(SALE, 14)

    (feature,) = read_tile(encode_points(Asset.objects.all(), tile, LAYER))["assets"]

    west, south, east, north = tile.bbox
    assert feature.properties == {"id": asset.pk, "name": "The Copper Kettle"}
    assert feature.at[0] == pytest.approx((SALE.x - west) / (east - west) * EXTENT, abs=1)
    # Latitude is not linear in a tile, but over two kilometres nearly so.
    assert feature.at[1] == pytest.approx((north - SALE.y) / (north - south) * EXTENT, abs=3)


@pytest.mark.django_db
def test_a_low_zoom_counts_in_cells_and_names_nobody():
    for _ in range(3):
        AssetFactory(location=SALE)

    (cell,) = read_tile(encode_points(Asset.objects.all(), tile_of(SALE, 12), LAYER))["assets"]

    assert cell.properties == {"n": 3}


@pytest.mark.django_db
def test_a_crowded_tile_falls_back_to_cells():
    few = PointLayer("assets", {"id": "pk"}, most_points=2)
    for _ in range(3):
        AssetFactory(location=SALE)

    (cell,) = read_tile(encode_points(Asset.objects.all(), tile_of(SALE, 16), few))["assets"]

    assert cell.properties == {"n": 3}


@pytest.mark.django_db
@pytest.mark.parametrize("zoom", [0, 1, 5, 7, 10, 12])
def test_every_zoom_counts_every_point_once(zoom):
    # On purpose on the edges of tiles: lines of round degrees, corners, a wide south edge.
    points = [
        Point(lon, lat, srid=4326)
        for lon in (-5.625, -4.21875, -2.8125, 0.0, 1.40625)
        for lat in (50.5, 52.4827802, 54.1624338, 57.3265212)
    ]
    for point in points:
        AssetFactory(location=point)
    tiles = {near for point in points for near in around(tile_of(point, zoom))}

    total = sum(counted(tile) for tile in tiles)

    assert total == len(points)


def around(tile: Tile) -> list[Tile]:
    last = 2**tile.z - 1
    columns = range(max(0, tile.x - 1), min(last, tile.x + 1) + 1)
    rows = range(max(0, tile.y - 1), min(last, tile.y + 1) + 1)
    return [Tile(tile.z, x, y) for x, y in product(columns, rows)]


def counted(tile: Tile) -> int:
    layers = read_tile(encode_points(Asset.objects.all(), tile, LAYER))
    return sum(feature.properties["n"] for feature in layers.get("assets", []))


@pytest.mark.django_db
def test_a_tile_far_from_the_uk_is_empty_and_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert encode_points(Asset.objects.all(), Tile(5, 0, 0), LAYER) == b""


@pytest.mark.django_db
def test_a_question_without_answer_gives_an_empty_tile():
    assert encode_points(Asset.objects.none(), tile_of(SALE, 14), LAYER) == b""


@pytest.mark.django_db
def test_outlines_carry_their_name_and_small_ones_wait_for_a_close_look():
    AreaFactory(name="Trafford", kind=AreaKind.LOCAL_AUTHORITY)
    AreaFactory(name="Priory ward", kind=AreaKind.WARD)

    far = read_tile(encode_areas(tile_of(SALE, 9)))["areas"]
    near = read_tile(encode_areas(tile_of(SALE, 13)))["areas"]

    assert [feature.properties["name"] for feature in far] == ["Trafford"]
    assert {feature.properties["name"] for feature in near} == {"Trafford", "Priory ward"}
    assert far[0].kind == 3


@pytest.mark.django_db
def test_an_area_elsewhere_is_not_in_the_tile():
    AreaFactory(name="Norwich", boundary=box(NORWICH), kind=AreaKind.LOCAL_AUTHORITY)

    assert read_tile(encode_areas(tile_of(SALE, 9))) == {}
    assert Area.objects.count() == 1


@pytest.mark.django_db
def test_a_cell_may_sum_a_weight_over_its_rows():
    for code, count in (("M33 2", 40), ("M33 3", 2)):
        PostcodeCell.objects.create(
            code=code, kind="sector", location=SALE, postcodes_count=count
        )
    layer = PointLayer("postcodes", {}, weight="postcodes_count")

    data = encode_points(PostcodeCell.objects.all(), tile_of(SALE, 9), layer)

    assert [feature.properties for feature in read_tile(data)["postcodes"]] == [{"n": 42}]


@pytest.mark.django_db
@pytest.mark.parametrize(("zoom", "names"), [(10, []), (12, ["M33"]), (13, ["M33 2"])])
def test_postcodes_are_named_more_closely_the_nearer_one_looks(zoom, names):
    for code, kind in (("M33 2", "sector"), ("M33", "outcode")):
        PostcodeCell.objects.create(code=code, kind=kind, location=SALE, postcodes_count=9)

    layers = read_tile(encode_areas(tile_of(SALE, zoom)))

    assert [feature.properties["code"] for feature in layers.get("codes", [])] == names


@pytest.mark.django_db
def test_cities_are_named_from_afar_and_villages_from_near():
    Place.objects.create(geonames_id=1, name="Manchester", population=553_230, location=SALE)
    Place.objects.create(geonames_id=2, name="Dunham Town", population=400, location=SALE)

    def names(zoom):
        return {
            feature.properties["name"]
            for feature in read_tile(encode_areas(tile_of(SALE, zoom)))["places"]
        }

    assert names(5) == {"Manchester"}
    assert names(13) == {"Manchester", "Dunham Town"}
