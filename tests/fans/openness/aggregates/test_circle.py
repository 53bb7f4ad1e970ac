"""Which homes are told of together, and what is told: words of the rule, without records."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fans.disclosure import HIDDEN, enough_homes
from fans.openness.aggregates.circle import HomeWave, choose, figures_of, is_told

SIDES, LEVELS = ["A", "B"], ["low", "high"]


def home(number, value=50.0, **changes):
    wave = HomeWave(
        owner=f"owner {number}",
        version="v1",
        level="low",
        scores={"overall": value, "lived": value, "felt": value, "A": value, "B": value},
        counts={"ties": 3, "connections": 10, "reached": 5, "wishes": 1},
        weeks_logged=4,
    )
    return replace(wave, **changes)


def told(homes):
    return figures_of(homes, SIDES, LEVELS)


def test_a_circle_needs_eight_homes():
    assert choose("abcdefg") == []
    assert choose("abcdefgh") == [0, 1, 2, 3, 4, 5, 6, 7]


def test_the_last_homes_of_a_provider_with_too_many_wait():
    assert choose("aaaabcdefgh") == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert choose("aaaaaabcdefgh") == [0, 1, 2, 3, 6, 7, 8, 9, 10, 11, 12]
    assert choose("aaaabcdef") == []


@given(st.lists(st.sampled_from("abcdefghijkl"), max_size=30))
def test_who_is_chosen_may_be_told_of(owners):
    chosen = choose(owners)

    assert chosen == [] or enough_homes(owners[number] for number in chosen)


def test_figures_of_eight_homes_are_the_middle_ones_and_rounded_sums():
    body = told([home(n, value) for n, value in enumerate([10, 20, 30, 42, 50, 60, 70, 80])])

    assert body["homes"] == body["full_log"] == 10
    assert body["middles"] == dict.fromkeys(["overall", "lived", "felt", "A", "B"], 40)
    assert body["counts"] == {"ties": 25, "connections": 80, "reached": 40, "wishes": 10}
    assert body["levels"] == {"low": HIDDEN, "high": HIDDEN}


def test_of_seven_homes_nothing_is_told():
    body = told([home(n) for n in range(7)])

    assert not is_told(body)
    shown = [body["homes"], body["full_log"]]
    shown += [v for part in ("levels", "middles", "counts") for v in body[part].values()]
    assert set(shown) == {HIDDEN}


def test_levels_are_told_where_enough_homes_are_at_each():
    homes = [home(n, level="low" if n < 8 else "high") for n in range(20)]

    assert told(homes)["levels"] == {"low": 10, "high": 10}


def test_a_figure_that_few_homes_know_is_not_told():
    homes = [home(n) for n in range(8)]
    unknown = {**homes[0].scores, "A": None}
    body = told([replace(homes[0], scores=unknown), *homes[1:]])

    assert body["middles"]["A"] == HIDDEN
    assert body["middles"]["B"] == 50


def test_homes_measured_with_other_questions_are_left_out():
    newer = [home(n, 90, version="v2") for n in range(8, 17)]

    body = told([*[home(n, 10) for n in range(8)], *newer])

    assert body["instrument"] == "v2"
    assert body["homes"] == 10
    assert body["middles"]["overall"] == 90


def test_a_log_with_gaps_does_not_count_as_whole():
    homes = [home(n, weeks_logged=2 if n < 2 else 4) for n in range(9)]

    assert told(homes)["homes"] == 10
    assert told(homes)["full_log"] == HIDDEN


@pytest.mark.parametrize("named", ["ties", "connections", "reached", "wishes"])
def test_a_sum_that_is_mostly_one_homes_is_not_told(named):
    homes = [home(n) for n in range(8)]
    homes[0] = replace(homes[0], counts={**homes[0].counts, named: 500})

    assert told(homes)["counts"][named] == HIDDEN
