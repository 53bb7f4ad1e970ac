import pytest
from django.http import QueryDict

from assets.cells import asked_of
from assets.filters import PARAMETERS, AssetQuery
from geo.pyramid import CellsAsked


def test_kinds_states_and_offers_are_put_to_the_pyramid():
    query = AssetQuery.parse(
        QueryDict("category=faith&category=sport&check_state=fresh&page=3")
    )

    assert asked_of(query, offers=True) == CellsAsked(
        "assets", kinds=("faith", "sport"), states=("fresh",), offers=True
    )


def test_a_question_for_all_is_put_to_the_pyramid():
    assert asked_of(AssetQuery(), offers=False) == CellsAsked("assets")


def test_a_way_in_by_wheelchair_is_put_to_the_pyramid():
    query = AssetQuery.parse(QueryDict("wheelchair=limited&wheelchair=yes&check_state=due"))

    assert asked_of(query, offers=True) == CellsAsked(
        "assets", states=("due",), offers=True, mark="way_in"
    )


def test_kinds_with_a_way_in_are_put_to_the_pyramid():
    query = AssetQuery.parse(QueryDict("wheelchair=yes&wheelchair=limited&category=faith"))

    assert asked_of(query, offers=False) == CellsAsked("assets", ("faith",), mark="way_in")


@pytest.mark.parametrize(
    "asked",
    [
        "q=choir",
        "wheelchair=yes",
        "wheelchair=no&wheelchair=unknown",
        "source=osm",
        "licence=ogl",
        "bbox=-3,53,-2,54",
        "near=-2,53",
        "near=-2,53&within_m=100",
    ],
)
def test_other_questions_are_put_to_the_rows(asked):
    assert asked_of(AssetQuery.parse(QueryDict(asked)), offers=False) is None


def test_every_parameter_is_thought_of():
    # A new one must not be answered as if it had not been asked.
    assert {
        *("category", "check_state", "page", "page_size"),
        *("q", "wheelchair", "source", "licence", "bbox", "in_bbox", "near", "within_m"),
    } == PARAMETERS
