import pytest
from django.contrib.gis.geos import Point

from frontend import spots
from frontend.spots import find_spot
from geo.beyond import FoundBeyond
from geo.models import Place, Postcode, PostcodeCell
from tests.factories import NORWICH, SALE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def gazetteer():
    """One postcode, its sector and district, two towns of one name."""
    Postcode.objects.create(code="M332DH", location=SALE)
    PostcodeCell.objects.create(code="M33 2", kind="sector", location=SALE, postcodes_count=400)
    PostcodeCell.objects.create(code="M33", kind="outcode", location=SALE, postcodes_count=900)
    Place.objects.create(geonames_id=1, name="Sale", population=134_022, location=SALE)
    Place.objects.create(geonames_id=2, name="Sale", population=90, location=NORWICH)


@pytest.mark.parametrize(
    ("words", "name", "zoom"),
    [
        ("m33 2dh", "M33 2DH", 16),
        ("M332DH", "M33 2DH", 16),
        ("M33 2ZZ", "M33 2", 15),  # not loaded: its sector
        ("M33 9ZZ", "M33", 13),  # nor its sector: its district
        ("M33 2", "M33 2", 15),
        ("m33", "M33", 13),
        (" sale ", "Sale", 14),
    ],
)
def test_finds_a_postcode_a_part_of_one_and_a_town(words, name, zoom):
    spot = find_spot(words)

    assert spot is not None
    assert (spot.name, spot.zoom) == (name, zoom)


def test_takes_the_larger_of_two_towns():
    spot = find_spot("SALE")

    assert spot is not None
    assert spot.point.equals_exact(Point(SALE.x, SALE.y, srid=4326), 1e-9)


@pytest.mark.parametrize("words", ["", "ukulele", "ZZ99 9ZZ", "M34", "Sal"])
def test_finds_nothing_in_other_words(words):
    assert find_spot(words) is None


def test_a_word_that_begins_a_town_is_not_the_town():
    Place.objects.create(geonames_id=3, name="Church Stretton", population=4_600, location=SALE)

    assert find_spot("church") is None


def test_looks_an_address_up_outside_only_where_it_reads_like_one(monkeypatch):
    found = FoundBeyond("12 School Road, Sale", SALE.x, SALE.y, "photon", "© somebody")
    monkeypatch.setattr(spots, "ask_beyond", lambda words, only_kept: [found])

    assert spots.find_address("knitting group", only_kept=False) is None
    assert spots.find_address("12 School Road", only_kept=False).attribution == "© somebody"
