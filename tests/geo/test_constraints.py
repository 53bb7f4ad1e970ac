"""Every rule of the ground is kept by the database, whoever writes."""

import pytest
from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from geo.constraints import UK_BOX, in_uk
from geo.models import Area, Place, Postcode, PostcodeCell, SettlementTile
from geo.srid import WGS84
from homes.models import Home
from tests.factories import SALE, AreaFactory, HomeFactory

pytestmark = pytest.mark.django_db

SWAPPED = Point(SALE.y, SALE.x, srid=WGS84)
PARIS = Point(2.35, 48.86, srid=WGS84)
BOW_TIE = MultiPolygon(Polygon(((0, 51), (1, 52), (1, 51), (0, 52), (0, 51))), srid=WGS84)


@pytest.mark.parametrize("point", [SWAPPED, PARIS])
@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Postcode, {"code": "M332DH"}),
        (Place, {"geonames_id": 1, "name": "Sale"}),
        (PostcodeCell, {"code": "M33", "kind": "outcode", "postcodes_count": 1}),
        (
            Home,
            {
                "name": "A",
                "kind": "nursing",
                "location_precision": "exact",
                "location_source": "map",
            },
        ),
    ],
)
def test_refuses_points_outside_the_uk(model, fields, point):
    name = f"{model._meta.app_label}_{model._meta.model_name}_location_in_uk"

    with pytest.raises(IntegrityError, match=name):
        model.objects.create(**fields, location=point)


def test_a_swapped_pair_is_said_to_be_one_before_it_is_written():
    home = HomeFactory()
    home.location = SWAPPED

    with pytest.raises(ValidationError, match="are longitude and latitude swapped"):
        home.full_clean()


@pytest.mark.parametrize(
    ("lon", "lat"),
    [
        (-6.34, 49.892),  # St Agnes, Isles of Scilly
        (-0.88, 60.855),  # Out Stack, Shetland
        (-8.62, 57.81),  # St Kilda
        (1.763, 52.481),  # Lowestoft Ness
        *((lon, lat) for lon in UK_BOX[::2] for lat in UK_BOX[1::2]),
        (-3.45, UK_BOX[1]),
    ],
)
def test_takes_every_corner_of_the_uk(lon, lat):
    assert in_uk(lon, lat)

    Place.objects.create(geonames_id=1, name="Edge", location=Point(lon, lat, srid=WGS84))


@pytest.mark.parametrize(
    "broken",
    [
        {"location_precision": ""},
        {"location_source": ""},
        {"location": None},
        {"location": None, "location_precision": "", "location_source": "map"},
    ],
)
def test_a_place_comes_with_its_precision_and_its_source(broken):
    with pytest.raises(IntegrityError, match="homes_home_location_complete"):
        HomeFactory(**broken)


@pytest.mark.parametrize("code", ["M33 2DH", "m332dh", "M33", "12345", "M332DH\n"])
def test_a_postcode_has_the_shape_of_one(code):
    with pytest.raises(IntegrityError, match="geo_postcode_code_shape"):
        Postcode.objects.create(code=code, location=SALE)


def test_a_cell_is_a_sector_or_a_district():
    with pytest.raises(IntegrityError, match="geo_postcodecell_kind_known"):
        PostcodeCell.objects.create(code="M", kind="area", location=SALE, postcodes_count=1)


def test_a_cell_holds_postcodes():
    with pytest.raises(IntegrityError, match="geo_postcodecell_not_empty"):
        PostcodeCell.objects.create(
            code="M33", kind="outcode", location=SALE, postcodes_count=0
        )


def test_a_settlement_tile_is_drawn_once():
    SettlementTile.objects.create(z=9, x=1, y=1, data=b"")

    with pytest.raises(IntegrityError, match="geo_settlementtile_once"):
        SettlementTile.objects.create(z=9, x=1, y=1, data=b"")


def test_a_settlement_tile_is_of_a_zoom_that_is_drawn():
    with pytest.raises(IntegrityError, match="geo_settlementtile_zoom_drawn"):
        SettlementTile.objects.create(z=11, x=1, y=1, data=b"")


def test_a_boundary_does_not_cross_itself():
    with pytest.raises(IntegrityError, match="geo_area_boundary_valid"):
        AreaFactory(boundary=BOW_TIE)


def test_an_area_is_of_a_known_kind():
    with pytest.raises(IntegrityError, match="geo_area_kind_known"):
        AreaFactory(kind="castle")


def test_a_source_names_an_area_of_a_kind_once():
    AreaFactory(name="Sale")

    with pytest.raises(IntegrityError, match="geo_area_named_once"):
        AreaFactory(name="Sale")


def test_a_code_stands_for_one_area_of_a_kind():
    AreaFactory(code="E05015250")
    Area.objects.create(**{**_plain(), "kind": "local_authority"})

    with pytest.raises(IntegrityError, match="geo_area_code_once"):
        AreaFactory(code="E05015250")


def test_areas_without_a_code_do_not_clash():
    AreaFactory(code="")

    assert AreaFactory(code="").pk


def _plain() -> dict:
    boundary = AreaFactory.build().boundary
    return {"name": "B", "code": "E05015250", "boundary": boundary, "source": "test"}
