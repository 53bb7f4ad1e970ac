"""Counts of people: hidden from 1 to 7, to the nearest 5 above, 0 as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fans.disclosure import (
    HIDDEN,
    publish_count,
    publish_rate,
    publish_ties,
    publish_total,
)

people = st.integers(min_value=0, max_value=5000)
cells = st.lists(st.integers(min_value=0, max_value=60), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("exact", "shown"),
    [(0, 0), (1, HIDDEN), (7, HIDDEN), (8, 10), (12, 10), (13, 15), (17, 15), (18, 20)],
)
def test_counts_are_hidden_or_go_to_the_nearest_five(exact, shown):
    assert publish_count(exact) == shown


@given(people)
def test_never_shows_one_to_seven(exact):
    assert publish_count(exact) not in range(1, 8)


@given(people)
def test_never_strays_more_than_two_from_the_truth(exact):
    shown = publish_count(exact)

    assert shown == HIDDEN or abs(shown - exact) <= 2


@given(people)
def test_one_more_person_changes_a_count_by_nothing_by_five_or_hides_it(exact):
    before, after = publish_count(exact), publish_count(exact + 1)

    assert HIDDEN in (before, after) or after - before in (0, 5)


@given(cells, st.data())
def test_one_more_person_changes_a_total_by_nothing_by_five_or_hides_it(counts, data):
    cell = data.draw(st.integers(0, len(counts) - 1))
    more = [count + (index == cell) for index, count in enumerate(counts)]

    before, after = publish_total(counts), publish_total(more)

    assert HIDDEN in (before, after) or after - before in (0, 5)


@given(cells)
def test_a_total_is_the_sum_of_the_cells_as_published(counts):
    shown = [publish_count(count) for count in counts]

    total = publish_total(counts)

    assert total == (HIDDEN if HIDDEN in shown else sum(shown))


@given(cells)
def test_a_total_never_shows_one_to_seven(counts):
    assert publish_total(counts) not in range(1, 8)


@pytest.mark.parametrize(
    ("part", "whole", "rate"),
    [
        (0, 0, None),
        (0, 40, 0),
        (9, 40, 0.25),  # 10 of 40
        (13, 38, 0.375),  # 15 of 40
        (3, 40, HIDDEN),
        (0, 6, HIDDEN),
        (40, 40, 1),
    ],
)
def test_rates_come_from_the_rounded_parts(part, whole, rate):
    assert publish_rate(part, whole) == rate


@given(people, people)
def test_a_rate_lies_between_nothing_and_all(one, other):
    rate = publish_rate(min(one, other), max(one, other))

    assert rate in (None, HIDDEN) or 0 <= rate <= 1


def test_a_part_larger_than_the_whole_is_refused():
    with pytest.raises(ValueError, match="41 people of 40"):
        publish_rate(41, 40)


@pytest.mark.parametrize("publish", [publish_count, lambda n: publish_total([9, n])])
def test_negative_people_are_refused(publish):
    with pytest.raises(ValueError, match="never negative"):
        publish(-1)


def test_partners_places_and_connections_are_exact():
    assert publish_ties(3, with_private_person=False) == 3


def test_ties_with_one_private_person_count_as_people():
    assert publish_ties(3, with_private_person=True) == HIDDEN
    assert publish_ties(12, with_private_person=True) == 10


def test_a_negative_number_of_ties_is_refused():
    with pytest.raises(ValueError, match="never negative"):
        publish_ties(-1, with_private_person=False)
