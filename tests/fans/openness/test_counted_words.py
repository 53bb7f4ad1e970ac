"""What was counted, in words."""

import pytest

from fans.openness.counted_words import counted_words, cut_words, percent, places
from fans.openness.next_step import next_steps
from fans.openness.score import score
from tests.fans.openness.larkfield import V1, evidence, larkfield


def said(id, **changes):
    found = evidence(larkfield(**changes))
    indicator = V1.indicator(id)
    signs = score(V1, found).indicators
    return counted_words(V1, indicator, found, signs[id].raw)


@pytest.mark.parametrize(
    ("id", "words"),
    [
        ("A1", "14 in 28 days: 3.5 visits for every 10 people living here"),
        ("B2", "9 of 40 people living here, 23%"),
        ("C1", "4 of 9, 44%"),
        ("D1", "9 ties"),
        ("D2", "0.73 on a scale from 0 to 1"),
        ("F2", "18 of 40 people living here, 45%"),
        ("G1", ""),
        ("E2", ""),
    ],
)
def test_says_what_was_counted_and_what_it_is_a_part_of(id, words):
    assert said(id) == words


def test_says_that_a_small_homes_visits_are_half_of_twice_the_days():
    assert said("A1", occupied_beds=10, observed={"visits_in": 3.5}) == (
        "3.5 in 28 days, half of what 56 days brought: "
        "3.5 visits for every 10 people living here"
    )
    assert said("A2", occupied_beds=10).startswith("5 in 56 days: 5.0 neighbours")


def test_says_nothing_of_what_is_not_known():
    assert said("A1", occupied_beds=None) == ""


@pytest.mark.parametrize(
    ("id", "words"),
    [("A1", "5: 6 more"), ("B2", "25%: 1 more"), ("D2", "0.75: 1 more"), ("G1", "")],
)
def test_says_where_the_next_step_begins(id, words):
    found = evidence(larkfield())
    steps = next_steps(V1, found, score(V1, found))

    assert cut_words(V1.indicator(id), steps[id]) == words


def test_says_that_anything_is_a_step_from_zero():
    found = evidence(larkfield(observed={"visits_in": 0}))
    steps = next_steps(V1, found, score(V1, found))

    assert cut_words(V1.indicator("A1"), steps["A1"]) == "anything above 0: 1 more"


def test_rounds_half_up():
    assert (places(2.25, 1), places(0.125, 2), percent(0.225)) == ("2.3", "0.13", "23%")
