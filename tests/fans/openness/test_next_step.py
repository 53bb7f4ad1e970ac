"""What would move an indicator: the smallest change, in a sentence."""

import pytest

from fans.openness.next_step import next_steps
from fans.openness.score import score
from tests.fans.openness.larkfield import V1, evidence, larkfield, scored, without


def steps(document):
    found = evidence(document)
    return next_steps(V1, found, score(V1, found))


@pytest.mark.parametrize(
    ("id", "more", "cut", "text"),
    [
        ("A1", 6, 5, "Six more visits by neighbours in four weeks take this a step."),
        ("B2", 1, 0.25, "One more resident who gets out in the month takes this a step."),
        ("C2", 2, 0.6, "Two more things you offer that neighbours use take this a step."),
        ("D1", 1, 10, "One more active tie takes this a step."),
        ("D2", 1, 0.75, "A tie of one kind that you do not have yet takes this a step."),
        ("D3", 2, 0.3, "Ties with two more places within reach take this a step."),
        (
            "F1",
            8,
            0.5,
            "If the next eight connections begin with residents' wishes or ideas, "
            "this takes a step.",
        ),
    ],
)
def test_names_the_smallest_change(id, more, cut, text):
    step = steps(larkfield())[id]

    assert (step.more, step.cut, step.text) == (more, cut, text)


@pytest.mark.parametrize(
    ("id", "count"),
    [
        ("A1", "visits_in"),
        ("A2", "familiar_partners"),
        ("B1", "trips_out"),
        ("B2", "residents_out"),
        ("C1", "two_way_partners"),
        ("C2", "home_assets_used"),
        ("D3", "reachable_assets_with_tie"),
        ("E1", "sustained_partners"),
        ("F2", "residents_reached"),
    ],
)
def test_is_right_that_so_many_more_and_no_fewer_move_it(id, count):
    before = scored(larkfield()).indicators[id].computed
    more = steps(larkfield())[id].more
    now = larkfield()["observed"][count]

    enough = scored(larkfield(observed={count: now + more})).indicators[id].computed
    too_few = scored(larkfield(observed={count: now + more - 1})).indicators[id].computed

    assert (too_few, enough) == (before, before + 1)


def test_counts_a_small_homes_visits_over_eight_weeks_where_each_is_worth_half():
    step = steps(larkfield(occupied_beds=10, observed={"visits_in": 1}))["A1"]

    assert step.more == 2
    assert step.text == "Two more visits by neighbours in eight weeks take this a step."


def test_quotes_the_next_answer_of_an_assessed_indicator():
    assert "“It depends on who is on shift.”" in steps(larkfield())["G4"].text


def test_says_what_is_missing_where_nothing_is_known():
    step = steps(without("observed.residents_out"))["B2"]

    assert step.text == V1.indicator("B2").not_known
    assert step.more is None


def test_says_so_at_the_top():
    assert steps(larkfield(observed={"visits_in": 99}))["A1"].text == V1.at_the_top


def test_turns_to_the_answers_once_the_counted_half_is_at_its_top():
    step = steps(larkfield(observed={"residents_reached": 40}))["F2"]

    assert "“Most people are reached" in step.text


def test_gives_the_cut_alone_where_the_step_is_a_long_way_off():
    step = steps(larkfield(occupied_beds=10_000))["A1"]

    assert step.more is None
    assert step.text == "The next step begins at 2 (visits for every 10 people living here)."
