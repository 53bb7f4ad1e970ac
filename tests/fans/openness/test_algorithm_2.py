"""Algorithm 2: what does not apply in a home is neither known nor missing."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fans.openness.errors import RefusedError
from fans.openness.evidence import HOME_KINDS, evidence_as_json, parse_evidence
from fans.openness.from_log import evidence_for
from fans.openness.instrument_file import PUBLISHED, parse_instrument
from fans.openness.instruments.services import draft_from_body, publish_draft
from fans.openness.next_step import next_steps
from fans.openness.score import score, score_as_json
from fans.openness.services import plan_waves, rebuild, score_wave
from fans.openness.strict_json import Node
from homes.models import HomeKind
from tests import factories
from tests.fans.openness.larkfield import larkfield, scored
from tests.fans.openness.test_golden import GOLDEN

WHY = "People here are too ill to travel."
NURSING = [{"home_kind": ["nursing"], "why": WHY}]
TINY = [{"occupied_beds": [1, 3], "why": "A home of three has no month without a trip."}]


def body(rules=None, **changes):
    """v1 as v2 by algorithm 2, with rules by indicator."""
    found = json.loads((PUBLISHED / "v1.json").read_bytes())
    found |= {"version": "v2", "algorithm": 2, **changes}
    for indicator in found["indicators"]:
        if indicator["id"] in (rules or {}):
            indicator["not_applicable"] = rules[indicator["id"]]
    return found


def scored_by(rules, document):
    instrument = parse_instrument(Node(body(rules)))
    evidence = parse_evidence(Node({**document, "instrument": "v2"}), {"v2": instrument})
    return score(instrument, evidence)


@pytest.mark.parametrize("case", GOLDEN[:20], ids=range(20))
def test_says_what_algorithm_1_says_where_everything_applies(case):
    found = scored_by({"B1": NURSING}, case["evidence"])

    assert json.dumps({**score_as_json(found), "level": found.level}) == json.dumps(
        case["result"]
    )


def test_leaves_a_sign_out_that_does_not_apply_in_this_home():
    found = scored_by({"B1": NURSING, "D4": NURSING}, larkfield(home_kind="nursing"))

    assert found.not_applicable == ("B1", "D4")
    assert found.missing == ()
    assert (found.coverage.known, found.coverage.of) == (18, 18)
    assert found.indicators["B1"].value is None
    assert found.dimensions["B"] == 2  # B2 alone
    assert found.dimensions["D"] == 3  # D1, D2 and D3
    assert score_as_json(found)["not_applicable"] == ["B1", "D4"]


def test_tells_not_applicable_from_not_known():
    document = larkfield(home_kind="nursing")
    del document["observed"]["visits_in"]

    found = scored_by({"B1": NURSING}, document)

    assert (found.missing, found.not_applicable) == (("A1",), ("B1",))
    assert (found.coverage.known, found.coverage.of) == (18, 19)


@pytest.mark.parametrize(
    ("rules", "home", "expected"),
    [
        (NURSING, {"home_kind": "nursing"}, True),
        (NURSING, {"home_kind": "residential"}, False),
        (NURSING, {}, False),
        (TINY, {"occupied_beds": 3}, True),
        (TINY, {"occupied_beds": 3.5}, True),
        (TINY, {"occupied_beds": 4}, False),
        (TINY, {"occupied_beds": None}, False),
        (NURSING + TINY, {"home_kind": "residential", "occupied_beds": 2}, True),
        ([NURSING[0] | TINY[0]], {"home_kind": "nursing", "occupied_beds": 40}, False),
        ([NURSING[0] | TINY[0]], {"home_kind": "nursing", "occupied_beds": 2}, True),
    ],
)
def test_a_rule_holds_where_all_its_conditions_do(rules, home, expected):
    found = scored_by({"H1": rules}, larkfield(**home))

    assert (found.not_applicable == ("H1",)) is expected


def test_a_side_of_which_nothing_applies_is_not_there():
    found = scored_by({"H1": NURSING}, larkfield(home_kind="nursing"))

    assert found.dimensions["H"] is None
    assert found.coverage.dimensions == 7
    assert found.coverage.enough


@pytest.mark.parametrize(
    ("known", "enough"),
    [(11, True), (10, False)],  # 12 of 20 are 10.8 of 18: 11
)
def test_asks_for_the_same_share_of_what_applies(known, enough):
    rules = {"H1": NURSING, "G4": NURSING}
    order = ["A1", "A2", "B1", "B2", "C1", "C2", "D1", "D2", "D3", "E1", "F1", "G1"]
    full = larkfield(home_kind="nursing")
    wanted = [*order[: known - 1], "G1"]
    instrument = parse_instrument(Node(body()))
    counts = {
        instrument.indicator(id).counted.raw.count
        for id in wanted
        if instrument.indicator(id).counted
    }
    observed = {k: n for k, n in full["observed"].items() if k in counts | PARTS_OF}
    document = {**full, "observed": observed, "assessed": {"G1": full["assessed"]["G1"]}}
    found = scored_by(rules, document)

    assert found.coverage.known == known
    assert found.coverage.of == 18
    assert found.coverage.enough is enough


PARTS_OF = {
    "active_partners_by_category",
    "home_assets_listed",
    "reachable_assets",
    "occurrences",
    "occurrences_with_origin",
}


def test_nothing_that_applies_is_never_enough():
    instrument = parse_instrument(Node(body()))
    rules = {i.id: NURSING for i in instrument.indicators}

    found = scored_by(rules, larkfield(home_kind="nursing"))

    assert (found.overall, found.level) == (None, None)
    assert (found.coverage.known, found.coverage.of, found.coverage.enough) == (0, 0, False)


@given(
    answers=st.dictionaries(
        st.sampled_from(["residents", "staff"]),
        st.lists(st.integers(0, 4), max_size=4),
        max_size=2,
    ),
    trips=st.integers(0, 50),
)
@settings(max_examples=40)
def test_nothing_said_of_a_sign_that_does_not_apply_moves_the_score(answers, trips):
    rules = {"A3": NURSING, "B1": NURSING}
    document = larkfield(home_kind="nursing", assessed={"A3": answers})
    document["observed"]["trips_out"] = trips

    plain = larkfield(home_kind="nursing", assessed={"A3": {}})

    assert scored_by(rules, document) == scored_by(rules, plain)


@given(
    case=st.sampled_from(GOLDEN), ids=st.sets(st.sampled_from(["A1", "B2", "D4", "G1", "F2"]))
)
@settings(max_examples=60)
def test_what_does_not_apply_is_counted_nowhere(case, ids):
    document = {**case["evidence"], "home_kind": "nursing"}

    found = scored_by(dict.fromkeys(ids, NURSING), document)

    assert set(found.not_applicable) == ids
    assert found.coverage.of == 20 - len(ids)
    assert found.coverage.known + len(found.missing) == found.coverage.of
    assert not ids & set(found.missing)
    assert all(found.indicators[id].value is None for id in ids)
    assert found.overall is None or 0 <= found.overall <= 100


def test_says_why_a_sign_is_not_asked_of_this_home():
    instrument = parse_instrument(Node(body({"B1": NURSING})))
    document = larkfield(home_kind="nursing", instrument="v2")
    evidence = parse_evidence(Node(document), {"v2": instrument})

    steps = next_steps(instrument, evidence, score(instrument, evidence))

    assert steps["B1"].text == f"Not asked of this home: {WHY}"


def test_algorithm_1_takes_no_rules_because_it_would_pass_over_them():
    with pytest.raises(RefusedError, match=r"^indicators\[3\]\.not_applicable: needs"):
        parse_instrument(Node(body({"B1": NURSING}, algorithm=1)))


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        ({"home_kind": ["nursing"]}, ""),
        ({"why": WHY}, ""),
        ({"home_kind": ["castle"], "why": WHY}, ".home_kind[0]"),
        ({"occupied_beds": [3, 1], "why": WHY}, ".occupied_beds"),
        ({"occupied_beds": 3, "why": WHY}, ".occupied_beds"),
        ({"region": "North", "why": WHY}, ".region"),
    ],
)
def test_refuses_a_rule_that_says_nothing_or_not_enough(rule, path):
    with pytest.raises(RefusedError) as refused:
        parse_instrument(Node(body({"B1": [rule]})))

    assert refused.value.path == f"indicators[3].not_applicable[0]{path}"


def test_knows_the_kinds_of_home_that_the_register_knows():
    assert list(HOME_KINDS) == HomeKind.values


def test_a_score_of_algorithm_1_is_printed_without_a_word_of_it():
    assert "not_applicable" not in score_as_json(scored(larkfield()))


# --- from the log -----------------------------------------------------------------------


@pytest.mark.django_db
def test_a_wave_is_scored_by_the_kind_its_home_has_and_rebuilt_after_it_changed():
    home = factories.HomeFactory(kind="nursing")
    instrument = draft_from_body(body=body({"B1": NURSING}))
    publish_draft(version="v2")
    wave = plan_waves(enrolment=factories.EnrolmentFactory(home=home))[0]
    wave.instrument = instrument
    wave.save()

    row = score_wave(wave=wave)
    home.kind = "residential"
    home.save()

    assert row.evidence["home_kind"] == "nursing"
    assert row.result["not_applicable"] == ["B1"]
    assert "B1" not in row.result["missing"]
    assert rebuild(row).not_applicable == ("B1",)


@pytest.mark.django_db
def test_evidence_for_an_instrument_without_rules_says_nothing_of_the_kind():
    home = factories.HomeFactory(kind="nursing")

    assert "home_kind" not in evidence_as_json(evidence_for(home))
