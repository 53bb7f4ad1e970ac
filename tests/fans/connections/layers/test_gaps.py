"""The map of gaps by area: the numbers of the page by area, and no others."""

import json

import pytest
from django.utils import timezone

from fans.connections.gaps.by_area import AreaGap, published
from fans.connections.layers.views.gaps import step_of, words_of
from tests import factories
from tests.factories import SALE, box, metres_east

pytestmark = pytest.mark.django_db


@pytest.fixture
def commissioner(client):
    area = factories.AreaFactory(kind="local_authority", name="Trafford")
    person = factories.member("commissioner", area=area)
    client.force_login(person)
    return person


@pytest.fixture
def areas(home):
    """Sale Moor with three homes and 13 places, Broadheath with a lonely home."""
    factories.AreaFactory(name="Sale Moor", boundary=box(SALE, 0.02))
    far = metres_east(SALE, 4000)
    factories.AreaFactory(name="Broadheath", boundary=box(far, 0.02))
    factories.HomeFactory(name="Lonely", location=far)
    for number in range(2):
        factories.HomeFactory(name=f"Home {number}")
    places = [factories.AssetFactory(location=SALE) for _ in range(13)]
    both = {"home_confirmed_at": timezone.now(), "partner_confirmed_at": timezone.now()}
    for place in places[:3]:
        partner = factories.PartnerFactory(asset=place)
        factories.PartnershipFactory(home=home, partner=partner, status="active", **both)


def drawn(answer):
    return {shape["name"]: shape for shape in answer.context["for_the_map"]}


def test_the_map_has_the_very_numbers_of_the_table_by_area(client, commissioner, areas):
    (on_page,) = client.get("/gaps/areas/").context["areas"]
    answer = client.get("/gaps/areas/map/")

    (shown,) = answer.context["shown"]
    assert shown == on_page
    assert drawn(answer)["Sale Moor"]["faces"] == {"gaps": ["2", "3 in 10"]}
    assert "3 tied" in answer.content.decode()


def test_an_area_with_too_few_homes_is_hatched_and_says_nothing(client, commissioner, areas):
    answer = client.get("/gaps/areas/map/")

    shape = drawn(answer)["Broadheath"]
    assert shape["faces"] == {"gaps": ["hidden", "too few to say"]}
    assert "Too few homes to say" in answer.content.decode()
    numbers = {**shape, "parts": [], "inside": [], "key": ""}
    assert not any(letter.isdigit() for letter in json.dumps(numbers))


def test_outlines_are_those_of_the_areas(client, commissioner, areas):
    shape = drawn(client.get("/gaps/areas/map/"))["Sale Moor"]

    ((ring,),) = shape["parts"]
    west, south, east, north = box(SALE, 0.02).extent
    assert {tuple(point) for point in ring} == {
        (round(x, 5), round(y, 5)) for x in (west, east) for y in (south, north)
    }
    assert west < shape["inside"][0] < east


def test_two_queries_more_than_the_numbers_however_many_areas(
    client, commissioner, areas, django_assert_max_num_queries
):
    for number in range(20):
        around = box(metres_east(SALE, 100 * number), 0.01)
        factories.AreaFactory(name=f"Ward {number}", boundary=around)
    with django_assert_max_num_queries(12):
        client.get("/gaps/areas/map/")


def test_without_an_area_the_page_says_so(client, cohort):
    client.force_login(factories.member("facilitator", cohort=cohort))

    text = client.get("/gaps/areas/map/").content.decode()

    assert "No area yet" in text
    assert "data-layer" not in text


def test_a_manager_does_not_see_it(client, manager):
    client.force_login(manager)

    assert client.get("/gaps/areas/map/").status_code == 403


@pytest.mark.parametrize(
    ("places", "tied", "step", "words"),
    [
        (30, 0, "3", "0 in 10"),
        (30, 3, "2", "2 in 10"),
        (30, 15, "1", "5 in 10"),
        (0, 0, "none", "no places"),
    ],
)
def test_the_shade_tells_how_much_is_lacking(places, tied, step, words):
    gap = published("Sale", 3, places, tied)

    assert (step_of(gap), words_of(gap)) == (step, words)


def test_too_few_homes_have_no_shade_of_lack():
    assert step_of(AreaGap("Sale", None)) == "hidden"
