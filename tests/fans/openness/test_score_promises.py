"""What the score promises a home, whatever its figures are."""

import copy

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.fans.openness.larkfield import V1, larkfield, scored
from tests.fans.openness.test_score import answers, documents

COUNT_OF = {
    "A1": "visits_in",
    "A2": "familiar_partners",
    "B1": "trips_out",
    "B2": "residents_out",
    "C1": "two_way_partners",
    "C2": "home_assets_used",
    "D3": "reachable_assets_with_tie",
    "E1": "sustained_partners",
    "F1": "occurrences_from_residents",
    "F2": "residents_reached",
}
"""The count that each computed indicator rises with: its numerator, where it is a share."""


@given(documents, st.sampled_from(sorted(COUNT_OF)), st.integers(1, 40))
def test_no_counted_sign_falls_when_its_count_rises(document, id, more):
    more_of_it = copy.deepcopy(document)
    assume(document["observed"][COUNT_OF[id]] is not None)
    more_of_it["observed"][COUNT_OF[id]] += more
    before = scored(document).indicators[id]
    after = scored(more_of_it).indicators[id]

    assert (before.computed is None) is (after.computed is None)
    assert before.computed is None or after.computed >= before.computed


@given(documents, st.sampled_from(["faith", "youth", "arts_culture"]))
def test_number_of_live_ties_never_falls_with_one_more_of_any_kind(document, kind):
    one_more = copy.deepcopy(document)
    ties = one_more["observed"]["active_partners_by_category"]
    assume(ties is not None)
    ties[kind] = ties.get(kind, 0) + 1

    before, after = scored(document).indicators["D1"], scored(one_more).indicators["D1"]

    assert after.value >= before.value


@given(documents, st.sampled_from([i.id for i in V1.indicators]))
def test_an_unknown_sign_never_costs_more_than_the_same_sign_at_zero(document, id):
    unknown, at_zero = copy.deepcopy(document), copy.deepcopy(document)
    for each, count, given_answers in [(unknown, None, {}), (at_zero, 0, {"other": [0]})]:
        if id in COUNT_OF:
            each["observed"][COUNT_OF[id]] = count
        if id in each["assessed"]:
            each["assessed"][id] = given_answers
        if id == "E2":
            each["observed"]["partnership_depths"] = [0] if given_answers else None
        if id == "D1":
            each["observed"]["active_partners_by_category"] = None if count is None else {}
    # Variety is unknown only where there are too few ties to have any: see below.
    assume(id != "D2")
    left_out, zero = scored(unknown), scored(at_zero)

    assume(left_out.coverage.enough and zero.coverage.enough)
    assert left_out.indicators[id].value is None
    assert left_out.overall >= zero.overall


def test_an_unknown_variety_never_costs_more_than_variety_at_zero():
    two_of_a_kind = larkfield(observed={"active_partners_by_category": {"faith": 2}})
    three_of_a_kind = larkfield(observed={"active_partners_by_category": {"faith": 3}})
    unknown, zero = scored(two_of_a_kind), scored(three_of_a_kind)

    assert (unknown.indicators["D2"].value, zero.indicators["D2"].value) == (None, 0)
    assert unknown.dimensions["D"] > zero.dimensions["D"] - 1e-9
    assert zero.indicators["D1"].value == unknown.indicators["D1"].value + 1


@given(documents, st.sampled_from([i.id for i in V1.asked]), answers, st.integers(2, 30))
def test_however_many_staff_answer_they_weigh_as_one_group(document, id, given_by_staff, times):
    document["assessed"][id]["staff"] = given_by_staff
    once = scored(document)
    document["assessed"][id]["staff"] = given_by_staff * times
    often = scored(document)

    assert often.indicators == once.indicators
    assert (often.overall, often.felt) == (once.overall, once.felt)


@pytest.mark.parametrize("count", [1, 2, 50])
def test_many_staff_move_an_answer_no_further_than_one_of_them(count):
    crowd = larkfield(assessed={"A3": {"residents": [0], "staff": [4] * count}})

    assert scored(crowd).indicators["A3"].value == 2
