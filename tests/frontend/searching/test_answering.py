"""The search box over a small made-up town, each search with what it should find first."""

import json
import math
from pathlib import Path

import pytest
from django.contrib.gis.geos import Point

from assets.models import Asset
from frontend.searching import places
from frontend.searching.answering import MOST, Asked, answer
from geo.models import Place, Postcode, PostcodeCell
from tests.factories import SALE, AssetFactory, HomeFactory

pytestmark = pytest.mark.django_db

TOWN = json.loads((Path(__file__).parent / "labelled.json").read_text(encoding="utf-8"))


def at(east_m, north_m):
    degree_m = 111_320
    lon = SALE.x + east_m / (degree_m * math.cos(math.radians(SALE.y)))
    return Point(lon, SALE.y + north_m / degree_m, srid=4326)


@pytest.fixture
def town():
    for number, (name, people, *metres) in enumerate(TOWN["towns"], start=1):
        Place.objects.create(
            geonames_id=number, name=name, population=people, location=at(*metres)
        )
    for name, kind, about, *metres in TOWN["places"]:
        AssetFactory(name=name, category=kind, description=about, location=at(*metres))
    for name, beds, *metres in TOWN["homes"]:
        HomeFactory(name=name, beds=beds, location=at(*metres))
    Postcode.objects.create(code="M332DH", location=SALE)
    for code, kind in (("M33 2", "sector"), ("M33", "outcode")):
        PostcodeCell.objects.create(code=code, kind=kind, location=SALE, postcodes_count=400)


def search(text, **how):
    rows = Asset.objects.published()
    return answer(Asked(text, SALE, rows, says_distance=True, **how))


def labels(results, *kinds):
    return [found.label for found in results if found.kind in kinds]


@pytest.mark.parametrize(("text", "kind", "label"), TOWN["searches"])
def test_what_is_likeliest_comes_first(town, text, kind, label):
    told = search(text)

    assert not told.is_spelled
    first = next(found for found in told.results if found.kind in (kind, "place", "postcode"))
    assert (first.kind, first.label) == (kind, label)


@pytest.mark.parametrize(("text", "label"), TOWN["best_places"])
def test_of_places_the_name_counts_and_how_near_it_is(town, text, label):
    assert labels(search(text).results, "asset")[0] == label


@pytest.mark.parametrize(("text", "label"), TOWN["slips"])
def test_a_slip_is_mended_and_said(town, text, label):
    told = search(text)

    assert told.is_spelled
    assert label in labels(told.results, "asset", "place")
    assert told.meant.casefold() != text


def test_rare_words_are_found_beyond_the_nearest(town, monkeypatch):
    monkeypatch.setattr(places, "WALKED", 2)

    assert labels(search("zephyrhill").results, "asset") == ["Zephyrhill Museum"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("O’Brien's Café", "obriens cafe"),
        ("ÉCOLE ŵyn", "ecole wyn"),
        ("St. Bride's_Hall", "saint brides hall"),
        ("Naïve-Art [club]", "art naïve clubs"),
        ("ΣΟΦΙΑ Dance", "σοφια"),
    ],
)
def test_the_nearest_are_read_as_the_index_reads_all(town, monkeypatch, name, text):
    place = AssetFactory(name=name, location=SALE)
    AssetFactory(name="Obrian Cofe", location=SALE)
    by_index = labels(search(text).results, "asset")
    monkeypatch.setattr(places, "FEW", -1)
    monkeypatch.setattr(places, "ENOUGH", 1)
    monkeypatch.setattr(places, "_from_index", None)  # whoever asks it fails

    assert labels(search(text).results, "asset") == by_index == [place.name]


def test_of_the_nearest_a_place_is_found_by_its_postcode_without_a_space(town, monkeypatch):
    place = AssetFactory(name="Hut", postcode="ZE3 9JW", location=SALE)
    monkeypatch.setattr(places, "FEW", -1)
    rows = Asset.objects.published()

    found = [
        places.find_places(rows, text, middle=SALE, limit=3)
        for text in ("ze39jw hut", "ze3 9jw hut")
    ]

    assert found == [[place], [place]]


def test_a_line_says_what_where_and_how_far(town):
    AssetFactory(
        name="Brass Band",
        category="arts_culture",
        address="2 Moss Way, Sale",
        location=at(350, 0),
    )

    (band,) = search("brass band").results

    assert band.detail == "Arts and culture, Sale, 350 m"
    assert band.url == f"/places/{Asset.objects.get(name='Brass Band').pk}/"


def test_a_kind_near_a_town_leads_to_the_map_there(town):
    kind = search("choir near timperley").results[0]

    assert kind.url == "/map/?category=arts_culture&q=Timperley"


def test_a_small_home_is_found_by_its_part_of_a_postcode_alone(town):
    assert not search("rose cottage").results
    assert "Small home in M33 2" in labels(search("small home").results, "home")


def test_small_homes_are_shown_where_the_part_of_a_postcode_is(town):
    (home,) = [each for each in search("small home").results if each.kind == "home"]

    assert home.point is not None
    assert home.point.equals_exact(Point(SALE.x, SALE.y, srid=4326), 1e-9)


def test_never_more_than_a_handful(town):
    for number in range(MOST + 5):
        AssetFactory(name=f"Library {number}")

    assert len(search("library").results) <= MOST


@pytest.mark.parametrize(
    "text", ["", " ", "x", "?!", "é", "' -- ;", "\\", "%", "near", "near me"]
)
def test_what_says_too_little_finds_nothing_and_breaks_nothing(town, text):
    assert not search(text).results
