"""Whom a home may log something with."""

import datetime as dt

import pytest

from fans.connections.candidates import (
    candidate_of,
    places_called,
    places_for,
    places_near,
    same_again,
    standing_ties,
    value_of,
)
from tests.factories import (
    NORWICH,
    SALE,
    AssetFactory,
    ConnectionFactory,
    HomeFactory,
    PartnershipFactory,
    metres_east,
)

pytestmark = pytest.mark.django_db


def test_a_value_names_its_candidate_and_is_read_back(home, coordinator):
    tie, place = PartnershipFactory(home=home), AssetFactory()

    assert [value_of(tie), value_of(place)] == [f"tie:{tie.pk}", f"place:{place.pk}"]
    for candidate in (tie, place):
        found = candidate_of(value_of(candidate), home=home, person=coordinator)
        assert found == candidate


@pytest.mark.parametrize("value", ["", "tie:", "tie:0", "place:x", "home:1", "tie:1 ", "٣"])
def test_other_values_name_nobody(home, coordinator, value):
    assert candidate_of(value, home=home, person=coordinator) is None


def test_another_home_s_tie_names_nobody(home, coordinator):
    elsewhere = PartnershipFactory(home=HomeFactory(name="Elmbank"))

    assert candidate_of(value_of(elsewhere), home=home, person=coordinator) is None


def test_ties_that_are_over_are_left_out(home):
    stands = [PartnershipFactory(home=home, status=status) for status in ("idea", "agreed")]
    for status in ("ended", "declined"):
        PartnershipFactory(home=home, status=status)

    assert list(standing_ties(home)) == stands


def test_a_champion_logs_with_drafts_of_the_own_area(champion, coordinator):
    inside = AssetFactory(visibility="draft")
    outside = AssetFactory(visibility="draft", location=NORWICH)

    assert inside in places_for(champion)
    assert outside not in places_for(champion)
    assert not places_for(coordinator).exists()


def test_places_near_come_nearest_first_without_those_tied(home):
    far = AssetFactory(location=metres_east(SALE, 900))
    near = AssetFactory(location=metres_east(SALE, 100))
    tied = AssetFactory()
    PartnershipFactory(home=home, partner__asset=tied)
    elsewhere = AssetFactory(location=metres_east(SALE, 500))
    PartnershipFactory(home=HomeFactory(name="Elmbank"), partner__asset=elsewhere)

    assert places_near(home) == [near, elsewhere, far]


def test_places_are_looked_for_by_every_word_nearest_first(home, coordinator):
    far = AssetFactory(name="Sale Library", location=NORWICH)
    near = AssetFactory(name="Library of Sale Moor")
    AssetFactory(name="Sale Moor Baths")

    assert places_called("sale LIBRARY", home=home, person=coordinator) == [near, far]


def test_the_same_again_takes_the_latest_of_each_partner(home):
    tie, other = PartnershipFactory(home=home), PartnershipFactory(home=home)
    for day in (1, 5):
        latest = ConnectionFactory(partnership=tie, happened_on=dt.date(2026, 10, day))
    between = ConnectionFactory(partnership=other, happened_on=dt.date(2026, 10, 3))

    assert same_again(home) == [latest, between]


def test_the_same_again_costs_one_query(home, django_assert_num_queries):
    for day in range(1, 6):
        ConnectionFactory(
            partnership=PartnershipFactory(home=home), happened_on=dt.date(2026, 10, day)
        )

    with django_assert_num_queries(1):
        assert [str(row.partnership.partner) for row in same_again(home)]
