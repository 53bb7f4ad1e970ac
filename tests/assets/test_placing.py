"""A pin, a postcode, or both: where a form says that a place is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.placing import PlaceError, read_placing, read_view
from geo.models import Postcode, PostcodeCell
from tests.factories import SALE, metres_east


def place(**fields):
    return read_placing(**{"lon": "", "lat": "", "postcode": "", "address": "", **fields})


@pytest.fixture
def gazetteer(db):
    Postcode.objects.create(code="M332DH", location=SALE)
    PostcodeCell.objects.create(code="M33 3", kind="sector", location=SALE, postcodes_count=60)
    PostcodeCell.objects.create(code="M33", kind="outcode", location=SALE, postcodes_count=900)


def test_nothing_said_is_nowhere():
    assert place().point is None


def test_a_pin_is_exact_and_needs_no_gazetteer():
    found = place(lon=" -2.322 ", lat="53.424")

    assert (found.point.coords, found.precision, found.source) == (
        (-2.322, 53.424),
        "exact",
        "map",
    )


@pytest.mark.parametrize(
    ("postcode", "precision"),
    [
        ("M33 2DH", "postcode"),
        ("m33 2dh", "postcode"),
        ("M33 3ZZ", "sector"),
        ("M33 9ZZ", "outcode"),
    ],
)
def test_a_postcode_is_as_precise_as_what_is_known(gazetteer, postcode, precision):
    found = place(postcode=postcode)

    assert (found.precision, found.source) == (precision, "postcode")
    assert found.postcode == postcode.upper()


@pytest.mark.parametrize(
    ("address", "postcode"),
    [
        ("12 Wharf Road, Sale M33 2DH", "M33 2DH"),
        ("wharf road m332dh, UK", "M33 2DH"),
        ("B1 1AA House, Sale, M33 2DH", "M33 2DH"),
        ("Unit M3, Sale", ""),
    ],
)
def test_reads_the_last_postcode_of_an_address(gazetteer, address, postcode):
    found = place(address=address)

    assert found.postcode == postcode
    assert (found.point is not None) is bool(postcode)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"lon": "-2.3"}, "lat"),
        ({"lat": "53.4"}, "lon"),
        ({"lon": "53.4", "lat": "-2.3"}, "lon"),
        ({"lon": "0", "lat": "0"}, "lon"),
        ({"lon": "-2,3", "lat": "53.4"}, "lon"),
        ({"lon": "-2.3", "lat": "5e1"}, "lat"),
        ({"lon": "٢", "lat": "53"}, "lon"),
        ({"postcode": "M33"}, "postcode"),
        ({"postcode": "ZE1 0AA"}, "postcode"),
    ],
)
def test_says_which_field_is_wrong(gazetteer, fields, field):
    with pytest.raises(PlaceError) as caught:
        place(**fields)

    assert caught.value.field == field


@pytest.mark.parametrize(
    ("postcode", "metres", "fits"),
    [
        ("M33 2DH", 2_999, True),
        ("M33 2DH", 3_001, False),
        ("M33 3ZZ", 3_001, False),
        ("M33 9ZZ", 9_000, True),  # a district is that wide
        ("ZE1 0AA", 9_000, True),  # nothing known to compare with
    ],
)
def test_pin_and_postcode_must_agree_within_three_kilometres(gazetteer, postcode, metres, fits):
    pin = metres_east(SALE, metres)
    fields = {"lon": f"{pin.x:.7f}", "lat": f"{pin.y:.7f}", "postcode": postcode}

    if fits:
        assert place(**fields).precision == "exact"
    else:
        with pytest.raises(PlaceError, match="Please check"):
            place(**fields)


@given(st.text(max_size=12), st.text(max_size=12))
def test_any_pin_is_read_or_refused(lon, lat):
    try:
        found = place(lon=lon, lat=lat)
    except PlaceError as error:
        assert error.field in ("lon", "lat")  # noqa: PT017
    else:
        assert (found.point is None) == (not lon.strip() and not lat.strip())


@given(st.text(max_size=30))
def test_a_maps_view_is_one_or_nothing(text):
    assert read_view(text) in ("", text)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("53.4,-2.3,16", True),
        ("-2.3,53.4,16", False),
        ("53.4,-2.3,19", False),
        ("53.4,-2.3", False),
        ("a,b,c", False),
    ],
)
def test_a_view_lies_in_the_country(text, is_one):
    assert bool(read_view(text)) is is_one
