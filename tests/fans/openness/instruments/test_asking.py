"""What another version would have said of stored evidence, and what it may not give away."""

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fans.openness.evidence import evidence_as_json
from fans.openness.few_answers import LEAST_RESPONDENTS
from fans.openness.instrument_file import parse_instrument
from fans.openness.instruments import asking
from fans.openness.instruments.asking import ask_another
from fans.openness.may_show import figures
from fans.openness.score import score
from fans.openness.strict_json import Node
from tests.fans.openness.instruments.versions import V1, v2
from tests.fans.openness.larkfield import evidence, larkfield

DAY = dt.date(2026, 10, 31)
MANY = {
    "A3": {"residents": [2] * 9, "relatives": [3] * 9},
    "D4": {"staff": [2] * 9},
    "F2": {"staff": [2] * 9},
}


def other(change=lambda body: None, **changes):
    body = v2(**changes)
    change(body)
    return parse_instrument(Node(json.loads(json.dumps(body))))


def asked(document, instrument, least=LEAST_RESPONDENTS, **more):
    return ask_another(evidence(document), V1, instrument, as_of=DAY, least=least, **more)


def of_sign(id, **changes):
    """A change to one sign of v2."""

    def change(body):
        next(i for i in body["indicators"] if i["id"] == id).update(changes)

    return change


def test_the_same_version_says_what_the_score_says():
    again = other(lambda body: body.update(json.loads(json.dumps(V1_BODY))))
    document = larkfield(assessed=MANY)

    found = asked(document, again).figures
    scored = score(V1, evidence(document))

    assert (found.overall, found.lived, found.felt) == (
        scored.overall, scored.lived, scored.felt
    )  # fmt: skip
    assert found.dimensions == scored.dimensions


V1_BODY = {**v2(version="v3"), "indicators": v2()["indicators"][:-1]}
for _texts in V1_BODY["texts"].values():
    _texts["questions"].pop("H2")
for _sign in V1_BODY["indicators"]:
    _sign["weight"] = 1
    if _sign["id"] == "D1":
        _sign["cuts"] = [1, 3, 6, 10]


def test_other_weights_and_steps_are_applied_to_what_was_counted_then():
    found = asked(larkfield(assessed=MANY), other())

    # Nine active ties: step 3 by v1's cuts (1, 3, 6, 10) and by v2's (1, 5, 9, 14).
    assert found.figures.indicators["D1"] == 3
    assert found.figures.dimensions["G"] == (3 + 2 + 2 * 2 + 1) / 5
    assert found.figures.lived == 68.8


def test_what_it_newly_asks_was_not_asked_then():
    found = asked(larkfield(assessed=MANY), other())

    assert found.notes["H2"] == asking.NOT_ASKED
    assert found.figures.indicators["H2"] is None
    assert "H2" in found.figures.missing


def test_says_where_the_question_was_put_in_other_words():
    found = asked(larkfield(assessed=MANY), other(of_sign("A3", question="Is it easy?")))

    assert found.notes["A3"] == asking.REWORDED
    assert found.figures.indicators["A3"] is not None


def test_counts_of_other_days_are_not_taken_for_its_own():
    months = {"days": 56, "small_home_days": 56, "small_home_beds": [1, 19]}

    found = asked(larkfield(assessed=MANY), other(window=months))

    assert found.notes["A1"] == asking.OTHER_DAYS
    assert found.figures.indicators["A1"] is None
    assert found.figures.indicators["B2"] == 2  # of the month's tally


def test_a_new_sign_that_is_counted_is_counted_from_the_same_log():
    def change(body):
        [e1] = [i for i in body["indicators"] if i["id"] == "E1"]
        body["indicators"].append({**e1, "id": "E3", "name": "Long ties", "cuts": [1, 4, 8, 9]})

    found = asked(larkfield(assessed=MANY), other(change))

    assert found.notes["E3"] == asking.COUNTED_ANEW
    assert found.figures.indicators["E3"] == 2


def test_a_rule_looks_at_the_kind_the_home_has_where_the_evidence_says_none():
    rule = [{"home_kind": ["nursing"], "why": "Too ill to travel."}]
    ruled = other(of_sign("B1", not_applicable=rule), algorithm=2)

    nursing = asked(larkfield(), ruled, home_kind="nursing")
    unknown = asked(larkfield(), ruled)

    assert (nursing.figures.coverage.of, unknown.figures.coverage.of) == (20, 21)


def test_leaves_the_evidence_as_it_was():
    before = evidence(larkfield())
    kept = json.dumps(evidence_as_json(before))

    ask_another(before, V1, other(), as_of=DAY, least=3)

    assert json.dumps(evidence_as_json(before)) == kept


# --- nothing by subtraction ---------------------------------------------------------------

FEW = {"residents": [0, 0], "relatives": [4, 4], "staff": [2, 2, 2, 2], "volunteers": [1] * 4}


def test_a_version_that_asks_fewer_groups_does_not_tell_what_the_others_said():
    """Where groups are hidden, the sign's value by fewer groups would tell them apart."""
    narrower = other(of_sign("A3", asked=["relatives", "staff", "volunteers"]))

    found = asked(larkfield(assessed={"A3": FEW}), narrower).figures

    assert found.indicators["A3"] is None
    assert found.dimensions["A"] is None
    assert (found.overall, found.level, found.felt) == (None, None, None)
    assert "A3" not in found.medians


def test_a_version_that_calls_a_group_an_office_does_not_show_its_answers():
    def change(body):
        next(g for g in body["groups"] if g["id"] == "residents")["in_office"] = True

    found = asked(larkfield(assessed={"A3": FEW}), other(change)).figures

    assert "residents" not in found.medians.get("A3", {})


@given(
    answers=st.dictionaries(
        st.sampled_from(["residents", "relatives", "staff", "volunteers"]),
        st.lists(st.integers(0, 4), min_size=1, max_size=9),
        min_size=1,
    ),
    weight=st.sampled_from([0.01, 1, 100]),
    groups=st.sets(
        st.sampled_from(["residents", "relatives", "staff", "volunteers"]), min_size=1
    ),
    least=st.sampled_from([3, 8]),
)
@settings(max_examples=80, deadline=None)
def test_nothing_depends_on_answers_that_the_score_keeps_back(answers, weight, groups, least):
    """What is shown is the same whatever a hidden sign's groups had answered."""
    document = larkfield(assessed={**MANY, "A3": answers})
    narrower = other(of_sign("A3", asked=sorted(groups), weight=weight))
    then = evidence(document)
    scored = figures(V1, then, score(V1, then), as_of=DAY, least=least)
    found = asked(document, narrower, least=least).figures

    if "A3" not in scored.kept:
        return
    for figure in (found.overall, found.felt, found.indicators["A3"], found.dimensions["A"]):
        assert figure is None
    assert set(found.medians.get("A3", {})) <= set(scored.medians.get("A3", {}))


@pytest.mark.parametrize("least", [3, 8])
def test_shows_no_more_than_the_score_shows_where_nothing_is_asked_anew(least):
    document = larkfield()
    then = evidence(document)

    scored = figures(V1, then, score(V1, then), as_of=DAY, least=least)
    found = asked(document, other(), least=least).figures

    assert scored.kept <= found.kept
    assert (found.overall, found.felt) == (None, None)
