"""What of a score may leave: answers of five, and raw values that tell no more."""

from fans.openness.instrument_file import published
from fans.openness.score import score
from fans.research.release import raw_may_leave, without_few_answers
from tests.fans.openness.larkfield import evidence, larkfield

V1 = published()["v1"]


def released(**changes):
    return without_few_answers(evidence(larkfield(**changes)), V1)


def test_answers_of_seven_are_left_out_and_of_eight_kept():
    answers = {"A3": {"residents": [2] * 7, "staff": [4] * 8}}

    found, _ = released(assessed=answers)

    assert found.assessed["A3"] == {"staff": (4,) * 8}


def test_a_manager_s_answer_stays():
    found, _ = released()

    assert found.assessed["G1"] == {"manager": (3,)}


def test_what_was_left_out_is_counted_by_group_and_indicator():
    _, left_out = released()

    assert left_out == 6  # A3 by four groups, D4 and F2 by staff


def test_one_person_s_answer_cannot_be_had_back_from_what_is_told():
    told = [score(V1, released(assessed={"D4": {"staff": [answer]}})[0]) for answer in range(5)]

    assert all(each == told[0] for each in told)


def test_the_lived_part_is_the_home_s_own():
    whole = evidence(larkfield())

    assert score(V1, without_few_answers(whole, V1)[0]).lived == score(V1, whole).lived == 68.8


def test_raw_values_that_give_away_residents_or_public_counts_stay():
    held = [i.id for i in V1.indicators if not raw_may_leave(i)]

    assert held == ["A1", "A2", "B1", "B2", "C2", "D3", "F2"]
