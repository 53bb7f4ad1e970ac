"""Nonsense in addresses of the map gets a 4xx at once: never a 500, never a slow query."""

from contextlib import suppress

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.filters import AssetQuery
from frontend.selection import NARROWING
from geo.params import ParamError, read_metres, read_near
from geo.tiles import MAX_ZOOM, Tile
from tests.factories import AssetFactory, HomeFactory

pytestmark = pytest.mark.django_db

LONG = "9" * 10_000
BOXES = [
    "nan,nan,nan,nan",
    "NaN,53,-2,54",
    "inf,53,-2,54",
    "-inf,-inf,inf,inf",
    "1e308,1e308,1e308,1e308",
    "-1e308,-1e308,1e308,1e308",
    "1e999,53,2,54",
    "-3,53,0,-2,54,9",
    "-3,53,-2",
    "-3,53,-2,54,",
    "[[-3,53],[-2,54]]",
    "[-3,53,-2,54]",
    "POLYGON((-3 53,-2 53,-2 54,-3 53))",
    "-2,53,-3,54",
    "-3,54,-2,53",
    "-3,53,-3,53",
    "-181,53,-2,54",
    "-3,53,-2,91",
    "٣,53,4,54",
    "−3,53,−2,54",
    "-3_0,53,-2,54",
    "0x1,53,2,54",
    "-3;53;-2;54",
    "-3 53 -2 54",
    "' OR 1=1 --",
    "\x00,53,-2,54",
    LONG,
    ",".join([LONG] * 4),
    ",".join(["-3"] * 3000),
]
POINTS = [
    "nan,nan",
    "inf,53",
    "1e308,-1e308",
    "-2.3",
    "-2.3,53.4,10",
    "53.4,-2.3",
    "200,95",
    "[-2.3,53.4]",
    '{"type":"Point","coordinates":[-2.3,53.4]}',
    "POINT(-2.3 53.4)",
    "٢,53",
    "\x00",
    LONG,
]
METRES = ["nan", "inf", "-1", "0", "1e308", "50000.1", "1,2", "[5]", "٥", "5m", LONG]
NUMBERS = ["0", "-1", "1.5", "1e3", "nan", "9" * 30, "٣", "²", "0x1", "[1]", "\x00", LONG]

MAP, LIST = reverse("frontend:map"), reverse("frontend:map_list")
API, HOMES, GEOCODE = "/api/v1/assets/", "/api/v1/homes/", "/api/v1/geocode/"
TILE = "/tiles/assets/14/8086/5304.mvt"
NEAR = {"near": "-2.322,53.424"}


@pytest.fixture(autouse=True)
def something(db):
    """Something that could be found."""
    AssetFactory()
    HomeFactory()


def refused(client, address, query, *, names=""):
    """The address answers 4xx, says what is wrong, and does not throw back what came."""
    answer = client.get(address, query)
    assert 400 <= answer.status_code < 500, f"{address} {str(query)[:80]}"
    assert LONG not in answer.content.decode()
    assert names in answer.content.decode()


@pytest.mark.parametrize("text", BOXES, ids=lambda text: text[:24])
def test_a_box_that_is_none_is_refused_everywhere(client, text, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        for address in (MAP, LIST):
            refused(client, address, {"bbox": text}, names="bbox")
        for address in (API, HOMES):
            refused(client, address, {"in_bbox": text}, names="in_bbox")
        refused(client, API, {"bbox": text}, names="bbox")


@pytest.mark.parametrize("text", POINTS, ids=lambda text: text[:24])
def test_a_point_that_is_none_is_refused_everywhere(client, text):
    for address in (MAP, LIST, API, HOMES):
        refused(client, address, {"near": text}, names="near")


@pytest.mark.parametrize("text", METRES, ids=lambda text: text[:24])
def test_a_distance_that_is_none_is_refused_everywhere(client, text):
    for address in (MAP, LIST, API, HOMES):
        refused(client, address, {**NEAR, "within_m": text}, names="within_m")


@pytest.mark.parametrize("text", NUMBERS, ids=lambda text: text[:24])
def test_a_page_that_is_none_is_refused_everywhere(client, text):
    for address in (MAP, LIST, API, HOMES):
        refused(client, address, {"page": text}, names="page")
    for address in (API, HOMES):
        refused(client, address, {"page_size": text}, names="page_size")


@pytest.mark.parametrize(
    "twice", ["bbox=-3,53,-2,54", "near=-2,53", "within_m=5", "page=1", "q=choir"]
)
def test_what_may_stand_once_is_refused_twice(client, twice):
    name = twice.partition("=")[0]
    for address in (MAP, LIST, API):
        refused(client, f"{address}?{twice}&{twice}", {}, names=name)


@pytest.mark.parametrize("address", [MAP, LIST, API, TILE])
@pytest.mark.parametrize("query", [{"q": "x" * 10_000}, {"q": "a\x00b"}, {"category": LONG}])
def test_long_and_broken_words_are_refused(client, address, query):
    refused(client, address, query, names=next(iter(query)))


def test_a_thousand_filters_are_no_more_than_there_are(client):
    query = "&".join(["category=faith"] * 1000)

    answer = client.get(f"{TILE}?{query}")

    assert answer.status_code in (200, 400)


@pytest.mark.parametrize("where", ["z", "x", "y"])
@pytest.mark.parametrize(
    "text",
    ["-1", "nan", "NaN", "1e308", "1.5", "٣", "²", "99", "0x1", "9" * 400, "[1]", "%00", ""],
)
def test_a_tile_that_is_none_is_not_found(client, where, text):
    place = {"z": "5", "x": "15", "y": "10", where: text}
    for layer in ("assets", "homes", "areas", "postcodes"):
        answer = client.get("/tiles/{}/{z}/{x}/{y}.mvt".format(layer, **place))
        assert answer.status_code == 404


@pytest.mark.parametrize("name", [*NARROWING, "bbox", "near", "page", "\x00", "x" * 10_000])
def test_a_tile_says_which_parameter_it_cannot_read(client, name):
    answer = client.get(TILE, {name: "\x00garbage"})

    assert answer.status_code in ((200,) if name == "offers" else (400,))
    assert len(answer.content) < 500


@pytest.mark.parametrize("q", ["", "\x00", "x" * 10_000, "%", "٣" * 200])
@pytest.mark.parametrize("address", [GEOCODE, reverse("frontend:search")])
def test_nonsense_in_a_search_is_refused_or_finds_nothing(client, address, q):
    answer = client.get(address, {"q": q})

    assert answer.status_code in (200, 400)
    assert b"Canal Side" not in answer.content


@pytest.mark.parametrize("near", POINTS, ids=lambda text: text[:24])
@pytest.mark.parametrize("address", [GEOCODE, reverse("frontend:search")])
def test_a_search_near_no_point_is_refused(client, address, near):
    refused(client, address, {"q": "garden", "near": near}, names="near")


anything = st.one_of(
    st.text(max_size=60),
    st.lists(st.floats().map(str) | st.integers().map(str), max_size=6).map(",".join),
)


@given(anything)
def test_any_text_is_a_point_in_the_uk_or_a_named_error(text):
    try:
        point = read_near(text)
    except ParamError:
        return
    assert -9 <= point.x <= 2.01
    assert 49 <= point.y <= 61


@given(anything)
def test_any_text_is_a_distance_or_a_named_error(text):
    with suppress(ParamError):
        assert 0 < read_metres(text) <= 50_000


@given(st.integers(), st.integers(), st.integers())
def test_any_three_numbers_are_a_tile_or_a_named_error(z, x, y):
    if not (0 <= z <= MAX_ZOOM and 0 <= x < 2**z and 0 <= y < 2**z):
        with pytest.raises(ValueError, match=r"^zoom"):
            Tile(z, x, y)
        return
    west, south, east, north = Tile(z, x, y).bbox
    assert -180 <= west < east <= 180
    assert -86 < south < north < 86


@given(
    st.integers(0, MAX_ZOOM).flatmap(
        lambda z: st.tuples(st.just(z), *[st.integers(0, 2**z - 1)] * 2)
    )
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_tile_there_is_can_be_drawn(client, numbers):
    z, x, y = numbers

    assert client.get(f"/tiles/assets/{z}/{x}/{y}.mvt").status_code == 200


@given(
    st.dictionaries(
        st.sampled_from(sorted(AssetQuery.__dataclass_fields__)), anything, max_size=4
    )
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_query_is_answered_or_refused(client, query):
    for address in (LIST, API):
        assert client.get(address, query).status_code in (200, 400)
