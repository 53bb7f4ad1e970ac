"""Median days to grant: pure, and the same as the database would say."""

import datetime as dt

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from fans.connections.wishes.days import in_words, median_days
from fans.connections.wishes.models import Wish
from fans.connections.wishes.reports import days_to_grant, half_within
from tests.factories import HomeFactory, WishFactory

PEGGED = dt.date(2026, 9, 1)


@pytest.mark.parametrize(
    ("days", "middle"),
    [([], None), ([4], None), ([4, 9], None), ([9, 4, 5], 5.0), ([1, 2, 3, 10], 2.5)],
)
def test_nothing_is_said_of_fewer_than_three(days, middle):
    assert median_days(days) == middle


@pytest.mark.parametrize(
    ("middle", "words"),
    [
        (None, ""),
        (0.0, "Half of the wishes came true on the day they were pegged up."),
        (1.0, "Half of the wishes came true within 1 day."),
        (2.5, "Half of the wishes came true within 3 days."),
        (12.0, "Half of the wishes came true within 12 days."),
    ],
)
def test_the_middle_is_said_in_a_sentence(middle, words):
    assert in_words(middle) == words


@settings(max_examples=40)
@given(days=st.lists(st.integers(0, 400), min_size=3, max_size=30))
def test_it_agrees_with_the_database(days, request):
    request.getfixturevalue("db")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY n) FROM unnest(%s::int[]) n",
            [days],
        )
        assert median_days(days) == cursor.fetchone()[0]


@pytest.mark.django_db
def test_a_homes_own_granted_wishes_count_and_no_others():
    home = HomeFactory()
    for days in (30, 2, 9):
        over = {"status": "granted", "granted_on": PEGGED + dt.timedelta(days=days)}
        WishFactory(home=home, taken_on=PEGGED, **over)
    WishFactory(home=home)
    WishFactory(home=home, status="let_go", let_go_on=PEGGED, let_go_why="done")
    WishFactory(status="granted", granted_on=PEGGED, taken_on=PEGGED)

    assert sorted(days_to_grant(home)) == [2, 9, 30]
    assert half_within(home) == "Half of the wishes came true within 9 days."
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY granted_on - taken_on)"
            " FROM wishes_wish WHERE home_id = %s AND status = 'granted'",
            [home.pk],
        )
        assert cursor.fetchone()[0] == median_days(days_to_grant(home))
    assert half_within(Wish.objects.exclude(home=home).get().home) == ""
