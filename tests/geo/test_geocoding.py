import pytest
from geopy.distance import geodesic

from geo.geocoding import distances_m, locate, locate_many, nearest_postcode
from geo.models import Postcode, PostcodeCell, Precision
from tests.factories import NORWICH, SALE, metres_east


@pytest.fixture
def gazetteer(db):
    """One postcode in Sale, its sector 300 m east, its district 600 m east."""
    Postcode.objects.create(code="M332DH", location=SALE)
    for code, kind, metres in (("M33 2", "sector", 300), ("M33", "outcode", 600)):
        PostcodeCell.objects.create(
            code=code, kind=kind, location=metres_east(SALE, metres), postcodes_count=9
        )


@pytest.mark.parametrize(
    ("text", "precision", "metres"),
    [
        ("m332dh", Precision.POSTCODE, 0),
        ("M33 2ZZ", Precision.SECTOR, 300),
        ("M33 9ZZ", Precision.OUTCODE, 600),
    ],
)
def test_falls_back_from_unit_to_sector_to_district(gazetteer, text, precision, metres):
    found = locate(text)

    assert found.precision == precision
    assert found.source == "postcode"
    assert distances_m([(found.point, SALE)])[0] == pytest.approx(metres, abs=1)


@pytest.mark.parametrize("text", ["NR2 1AA", "nowhere", ""])
def test_finds_nothing_where_nothing_is_loaded(gazetteer, text):
    assert locate(text) is None


def test_mends_a_slip_of_the_typewriter(gazetteer):
    Postcode.objects.create(code="M330HF", location=SALE)

    assert locate("M33 OHF").postcode == "M33 0HF"


def test_locates_many_in_two_queries(gazetteer, django_assert_num_queries):
    texts = ["M33 2DH", "m33 2zz", "M33 9ZZ", "NR2 1AA", "nowhere"]

    with django_assert_num_queries(2):
        found = locate_many(texts)

    assert [found[text].precision for text in texts[:3]] == ["postcode", "sector", "outcode"]
    assert set(found) == set(texts[:3])


def test_finds_the_nearest_postcode_and_says_how_far(gazetteer):
    here = metres_east(SALE, 120)
    Postcode.objects.create(code="M332DJ", location=metres_east(SALE, 200))

    found = nearest_postcode(here.x, here.y)

    assert found.code == "M332DJ"
    assert found.distance.m == pytest.approx(80, abs=0.5)


def test_finds_no_postcode_far_out_at_sea(gazetteer):
    assert nearest_postcode(1.9, 56.0) is None


def test_measures_as_an_independent_library_does(db):
    (metres,) = distances_m([(SALE, NORWICH)])

    assert metres == pytest.approx(geodesic((SALE.y, SALE.x), (NORWICH.y, NORWICH.x)).m, abs=1)
