"""One rough point for where somebody lives."""

import pytest
from django.contrib.gis.geos import Point

from geo.masking import LEAST_POSTCODES, mask, mask_outcode
from geo.models import PostcodeCell, Precision
from geo.postcodes import UnitPostcode
from tests.factories import SALE

pytestmark = pytest.mark.django_db

HERE = UnitPostcode.parse("M33 2DH")
DISTRICT = Point(-2.33, 53.42, srid=4326)


def cell(code: str, postcodes_count: int, location: Point = SALE) -> PostcodeCell:
    kind = "sector" if " " in code else "outcode"
    return PostcodeCell.objects.create(
        code=code, kind=kind, location=location, postcodes_count=postcodes_count
    )


def test_is_the_middle_of_a_sector_with_fifty_postcodes():
    cell("M33 2", LEAST_POSTCODES)
    cell("M33", 900, DISTRICT)

    masked = mask(HERE)

    assert masked is not None
    assert (masked.cell, masked.precision) == ("M33 2", Precision.SECTOR)
    assert masked.point.tuple == pytest.approx(SALE.tuple)


def test_is_the_middle_of_the_district_where_the_sector_holds_fewer():
    cell("M33 2", LEAST_POSTCODES - 1)
    cell("M33", LEAST_POSTCODES, DISTRICT)

    masked = mask(HERE)

    assert masked is not None
    assert (masked.cell, masked.precision) == ("M33", Precision.OUTCODE)
    assert masked.point.tuple == pytest.approx(DISTRICT.tuple)


def test_is_nothing_where_even_the_district_holds_fewer():
    cell("M33 2", 3)
    cell("M33", LEAST_POSTCODES - 1)

    assert mask(HERE) is None


def test_is_nothing_where_no_postcodes_are_loaded():
    assert mask(HERE) is None


def test_of_a_district_never_looks_at_its_sectors():
    cell("M33 2", 200)
    cell("M33", 900, DISTRICT)

    masked = mask_outcode("M33")

    assert masked is not None
    assert masked.cell == "M33"


def test_asks_for_the_cell_of_that_postcode_alone():
    cell("M33 4", 900)
    cell("M3", 900)

    assert mask(HERE) is None
