"""What algorithm 1 made of stored evidence stays what it was, whatever moves on around it.

``golden/algorithm_1.json`` holds evidence and results as a database keeps them, written
once. It is never made anew: a test that fails here has found a score that changed.
"""

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fans.openness.evidence import parse_evidence
from fans.openness.instrument_file import PUBLISHED, parse_instrument, published
from fans.openness.score import score, score_as_json
from fans.openness.strict_json import Node, read

GOLDEN = json.loads((Path(__file__).parent / "golden" / "algorithm_1.json").read_bytes())
V1_SHA256 = "28b25f91a81a6d6867342a9f84aef67a9324b3b4c64ae291650ed212327af778"
V1 = published()["v1"]


def made_of(evidence):
    found = score(V1, parse_evidence(Node(evidence), {"v1": V1}))
    return {**score_as_json(found), "level": found.level}


def test_instrument_v1_is_the_same_to_the_byte():
    body = (PUBLISHED / "v1.json").read_bytes()

    assert hashlib.sha256(body).hexdigest() == V1_SHA256


@pytest.mark.parametrize("case", GOLDEN, ids=range(len(GOLDEN)))
def test_rebuilds_a_stored_score_to_the_last_digit(case):
    assert json.dumps(made_of(case["evidence"])) == json.dumps(case["result"])


def test_the_stored_scores_are_of_every_kind():
    results = [case["result"] for case in GOLDEN]

    assert {r["level"] for r in results} == {*(level.id for level in V1.levels), None}
    assert {flag.partition(":")[0] for r in results for flag in r["flags"]} == set(
        V1.flags.words
    )
    assert any(r["overall"] is None for r in results)
    assert {id for r in results for id in r["missing"]} == {i.id for i in V1.indicators}


def moved_on(weights, cuts):
    """Give v2: v1 with other weights and cuts."""
    body = json.loads((PUBLISHED / "v1.json").read_bytes()) | {"version": "v2"}
    for indicator, weight in zip(body["indicators"], weights, strict=True):
        indicator["weight"] = weight
        if "cuts" in indicator:
            indicator["cuts"] = cuts
    return parse_instrument(read(json.dumps(body)))


@given(
    weights=st.lists(st.sampled_from([0.5, 1, 2, 3]), min_size=20, max_size=20),
    cuts=st.lists(st.integers(0, 99), min_size=4, max_size=4, unique=True).map(sorted),
    case=st.sampled_from(GOLDEN),
)
@settings(max_examples=40)
def test_scoring_by_a_later_version_leaves_the_stored_score_as_it_was(weights, cuts, case):
    v2 = moved_on(weights, cuts)
    evidence = {**case["evidence"], "instrument": "v2"}

    score(v2, parse_evidence(Node(evidence), {"v1": V1, "v2": v2}))

    assert json.dumps(made_of(case["evidence"])) == json.dumps(case["result"])
