"""The API of the ground: words to points, points to postcodes, areas."""

import pytest

from frontend import api_places
from geo.beyond import BeyondError, FoundBeyond
from geo.models import Place, Postcode, PostcodeCell
from tests.factories import NORWICH, SALE, AreaFactory, metres_east

pytestmark = pytest.mark.django_db

GEOCODE = "/api/v1/geocode/"
AREAS = "/api/v1/areas/"


@pytest.fixture
def gazetteer():
    """One postcode, its sector and district; two towns called Sale and one Salem."""
    Postcode.objects.create(code="M332DH", location=SALE)
    for code, kind in (("M33 2", "sector"), ("M33", "outcode")):
        PostcodeCell.objects.create(code=code, kind=kind, location=SALE, postcodes_count=9)
    for number, (name, population, where) in enumerate(
        [("Sale", 62_550, SALE), ("Sale", 90, NORWICH), ("Salem", 900_000, NORWICH)], start=1
    ):
        Place.objects.create(
            geonames_id=number, name=name, population=population, location=where
        )


def found(client, query: str) -> list[tuple[str, str]]:
    return [(row["name"], row["kind"]) for row in client.get(GEOCODE + query).json()["results"]]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("m33 2dh", ("M33 2DH", "postcode")),
        ("M33 2ZZ", ("M33 2", "sector")),
        ("M33 9ZZ", ("M33", "outcode")),
        ("m33 2", ("M33 2", "sector")),
        ("m33", ("M33", "outcode")),
    ],
)
def test_finds_a_postcode_or_the_nearest_that_is_known(client, gazetteer, words, expected):
    assert found(client, f"?q={words}") == [expected]


def test_finds_towns_of_just_this_name_first_and_the_larger_before_the_smaller(
    client, gazetteer
):
    body = client.get(f"{GEOCODE}?q=sale").json()

    assert [row["name"] for row in body["results"]] == ["Sale", "Sale", "Salem"]
    assert body["results"][0]["location"]["coordinates"] == [SALE.x, SALE.y]
    assert body["count"] == 3


@pytest.mark.parametrize("words", ["Atlantis", "NR2 1AA", "Z99"])
def test_finds_nothing_where_nothing_fits(client, gazetteer, words):
    assert found(client, f"?q={words}") == []


def test_says_from_whom_an_answer_is(client, gazetteer):
    row = client.get(f"{GEOCODE}?q=m33").json()["results"][0]

    assert row["source"] == "postcodes"
    assert "Crown copyright" in row["attribution"]


def test_asks_outside_only_when_told_to_and_only_for_what_is_not_known(
    client, gazetteer, monkeypatch
):
    asked = []
    found = FoundBeyond("12 School Road, Sale", SALE.x, SALE.y, "nominatim", "© somebody")
    monkeypatch.setattr(api_places, "ask_beyond", lambda words: asked.append(words) or [found])

    client.get(f"{GEOCODE}?q=12 School Road")
    client.get(f"{GEOCODE}?q=sale&beyond=yes")
    row = client.get(f"{GEOCODE}?q=12 School Road&beyond=yes").json()["results"][0]

    assert asked == ["12 School Road"]
    assert (row["kind"], row["attribution"]) == ("address", "© somebody")


def test_says_why_a_geocoder_outside_gave_no_answer(client, gazetteer, monkeypatch):
    def refuse(words):
        raise BeyondError("Nominatim does not answer just now.")

    monkeypatch.setattr(api_places, "ask_beyond", refuse)
    body = client.get(f"{GEOCODE}?q=12 School Road&beyond=yes").json()

    assert body == {
        "count": 0,
        "results": [],
        "note": "Nominatim does not answer just now.",
    }


def test_finds_the_postcode_nearest_to_a_point(client, gazetteer):
    here = metres_east(SALE, 120)

    body = client.get(f"{GEOCODE}?lon={here.x}&lat={here.y}").json()

    assert body["results"][0]["name"] == "M33 2DH"
    assert body["results"][0]["distance_m"] == 120


def test_finds_no_postcode_out_at_sea(client, gazetteer):
    assert found(client, "?lon=1.9&lat=56") == []


def test_answers_in_geojson(client, gazetteer):
    response = client.get(f"{GEOCODE}?q=M33&format=geojson")

    assert response["Content-Type"] == "application/geo+json"
    assert response.json()["features"][0]["geometry"]["coordinates"] == [SALE.x, SALE.y]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "q"),
        ("?q=", "q"),
        ("?q=%00", "q"),
        ("?q=a&q=b", "q"),
        ("?q=M33&lon=1&lat=53", "q"),
        ("?lon=-2.3", "lat"),
        ("?lat=53.4", "lon"),
        ("?lon=53.4&lat=-2.3", "lon"),
        ("?lon=nan&lat=53", "lon"),
        ("?lon=-2.3&lat=999", "lat"),
        ("?postcode=M33", "postcode"),
    ],
)
def test_a_bad_parameter_is_a_400_that_names_it(client, query, field):
    response = client.get(GEOCODE + query)

    assert response.status_code == 400
    assert field in response.json()["errors"]


class TestAreas:
    @pytest.fixture(autouse=True)
    def areas(self):
        self.trafford = AreaFactory(name="Trafford", kind="local_authority", code="E08000009")
        AreaFactory(name="Sale Moor")

    def test_lists_areas_by_name_with_their_box(self, client):
        body = client.get(AREAS).json()

        assert [row["name"] for row in body["results"]] == ["Sale Moor", "Trafford"]
        assert body["count"] == 2
        assert body["results"][1]["bbox"] == [-2.422, 53.324, -2.222, 53.524]

    @pytest.mark.parametrize("query", ["kind=local_authority", "q=traf", "q=e08000009"])
    def test_finds_areas_by_kind_name_and_code(self, client, query):
        body = client.get(f"{AREAS}?{query}").json()

        assert [row["name"] for row in body["results"]] == ["Trafford"]

    def test_gives_one_area_with_its_boundary(self, client):
        url = f"{AREAS}{self.trafford.pk}/"

        assert client.get(url).json()["boundary"]["type"] == "MultiPolygon"
        feature = client.get(f"{url}?format=geojson").json()
        assert (feature["type"], feature["geometry"]["type"]) == ("Feature", "MultiPolygon")

    @pytest.mark.parametrize(
        ("query", "field"), [("kind=castle", "kind"), ("page=x", "page"), ("name=a", "name")]
    )
    def test_a_bad_parameter_is_a_400_that_names_it(self, client, query, field):
        response = client.get(f"{AREAS}?{query}")

        assert response.status_code == 400
        assert list(response.json()["errors"]) == [field]

    def test_an_unknown_area_is_a_404(self, client):
        assert client.get(f"{AREAS}999999999999999999/").status_code == 404
