"""What a person may say of an asset: one list, and the words that people read."""

import datetime as dt

import pytest
from django.contrib.gis.geos import Point

from assets.facts import FIELDS, PUBLIC, columns_of, says
from assets.models import Asset, Fact
from assets.services import Details


def test_every_field_is_a_column_and_carries_columns_along():
    columns = {field.name for field in Asset._meta.get_fields()}

    assert {*FIELDS} <= columns
    assert {name for field in FIELDS.values() for name in field.along} <= columns


def test_the_services_take_what_the_list_holds_and_no_more():
    along = {name for field in FIELDS.values() for name in field.along}

    assert set(Details.__annotations__) == {*FIELDS} | along


def test_nothing_that_follows_from_others_or_from_a_source_is_said_by_people():
    ours = {
        *("id", "abcd_type", "outline", "email_confirmed", "visibility", "state"),
        *("check_state", "published_on", "source", "source_ref", "source_licence"),
        *("source_attribution", "source_values", "client_uuid", "merged_into", "created_by"),
        *("created_at", "updated_at", "location_precision", "location_source"),
    }

    assert {field.name for field in Asset._meta.fields} - {*FIELDS} == ours


def test_who_to_ask_is_for_people_who_arrange_ties():
    assert set(FIELDS) - set(PUBLIC) == {"who_to_ask"}


@pytest.mark.parametrize("fact", Fact)
def test_every_fact_has_columns(fact):
    assert columns_of(fact)


def test_a_fact_is_said_once_one_of_its_columns_tells_something():
    asset = Asset(name="Hall", category="community_space")

    assert says(asset, Fact.PLACE)
    assert not says(asset, Fact.ACCESS)
    asset.hearing_loop = "no"
    assert says(asset, Fact.ACCESS)
    assert not says(asset, Fact.COST)
    asset.cost_kind = "donation"
    assert says(asset, Fact.COST)


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("wheelchair", "limited", "Partly"),
        ("wheelchair", "unknown", ""),
        ("category", "food_drink", "Food and drink"),
        ("closed_until", dt.date(2027, 1, 3), "3 January 2027"),
        ("closed_until", None, ""),
        ("age_from", 0, "0"),
        ("location", Point(-2.3206, 53.4243, srid=4326), "53.42430, -2.32060"),
        ("phone", "0161 496 0111", "0161 496 0111"),
    ],
)
def test_a_value_is_told_as_people_read_it(column, value, words):
    assert FIELDS[column].in_words(value) == words
