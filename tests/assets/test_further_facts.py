"""Ways in, cost and ages as outside files tell them."""

import pytest

from assets import oruk
from assets.further_facts import COLUMN_TYPES, NOTHING, of_columns, of_service, of_tags
from assets.models import Asset


def test_nothing_is_what_a_new_asset_holds():
    asset = Asset()

    assert {column: getattr(asset, column) for column in NOTHING} == NOTHING
    assert set(COLUMN_TYPES) == set(NOTHING)


@pytest.mark.parametrize(
    ("tags", "said"),
    [
        ({}, {}),
        ({"toilets:wheelchair": "yes"}, {"wheelchair_toilet": "yes"}),
        ({"toilets:wheelchair": "maybe"}, {}),
        ({"step_count": "0"}, {"step_free": "yes"}),
        ({"ramp:wheelchair": "no"}, {"step_free": "no"}),
        ({"capacity:disabled": "3"}, {"accessible_parking": "yes"}),
        ({"capacity:disabled": "0"}, {"accessible_parking": "no"}),
        ({"audio_loop": "yes"}, {"hearing_loop": "yes"}),
        ({"bench": "no", "outdoor_seating": "yes"}, {"seating": "no"}),
        ({"fee": "no"}, {"cost_kind": "free"}),
        ({"fee": "donation"}, {"cost_kind": "donation"}),
        ({"fee": "yes"}, {"cost_kind": "paid"}),
        ({"charge": "3 GBP"}, {"cost_kind": "paid"}),
        ({"fee": "Mo-Fr 09:00-17:00"}, {}),
        ({"min_age": "60"}, {"age_from": 60}),
        ({"min_age": "0", "max_age": "4"}, {"age_to": 4}),
        ({"min_age": "12", "max_age": "4"}, {}),
        ({"min_age": "old", "max_age": "900"}, {}),
    ],
)
def test_tags_of_openstreetmap(tags, said):
    assert of_tags(tags) == said


@pytest.mark.parametrize(
    ("service", "said"),
    [
        ({}, {}),
        ({"minimum_age": 55, "maximum_age": 90.0}, {"age_from": 55, "age_to": 90}),
        ({"minimum_age": True, "maximum_age": []}, {}),
        ({"fees": "Free"}, {"cost_kind": "free"}),
        ({"fees": "£3 a week"}, {}),
        ({"cost_options": [{"amount": 0}]}, {"cost_kind": "free"}),
        ({"cost_options": [{"amount": 2.5}]}, {"cost_kind": "paid"}),
        ({"cost_options": [{"amount": 0}, {"amount": 5}]}, {}),
        ({"cost_options": "none"}, {}),
    ],
)
def test_services_of_a_feed(service, said):
    assert of_service(service) == said


def test_a_feeds_service_carries_them_to_its_asset():
    feed = oruk.Feed(otherwise="clubs_societies")
    service = {"id": "s1", "name": "Lunch club", "minimum_age": 60, "fees": "By donation"}

    [(_, read)] = feed.parts(service)

    values = read().candidate.values
    assert (values["age_from"], values["cost_kind"]) == (60, "donation")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            {"step_free": "Y", "quiet": "no", "seating": "some"},
            {"step_free": "yes", "quiet": "no"},
        ),
        ({"cost_kind": "Donation"}, {"cost_kind": "donation"}),
        ({"cost": "free of charge"}, {"cost_kind": "free"}),
        ({"cost": "£0.00"}, {"cost_kind": "free"}),
        ({"age_from": "5", "age_to": "11"}, {"age_from": 5, "age_to": 11}),
    ],
)
def test_rows_of_a_table(text, said):
    assert of_columns(text) == said
