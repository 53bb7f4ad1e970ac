"""Instrument v1 holds together, and one that does not is refused."""

import copy
import json

import pytest

from fans.openness.algorithms import ALGORITHMS
from fans.openness.errors import RefusedError
from fans.openness.instrument import Kind
from fans.openness.instrument_file import PUBLISHED, parse_instrument, published
from fans.openness.strict_json import Node

V1 = published()["v1"]
BODY = json.loads((PUBLISHED / "v1.json").read_text(encoding="utf-8"))

CUTS = {
    "A1": (0, 2, 5, 10),
    "A2": (0, 0.5, 1, 2),
    "B1": (0, 1, 2.5, 5),
    "B2": (0, 0.10, 0.25, 0.50),
    "C1": (0, 0.20, 0.40, 0.60),
    "C2": (0, 0.20, 0.40, 0.60),
    "D1": (1, 3, 6, 10),
    "D2": (0, 0.25, 0.50, 0.75),
    "D3": (0, 0.05, 0.15, 0.30),
    "E1": (1, 2, 4, 6),
    "F1": (0, 0.10, 0.25, 0.50),
    "F2": (0, 0.20, 0.40, 0.70),
}


def test_has_the_twenty_indicators_on_eight_sides():
    sides = {"A": 3, "B": 2, "C": 2, "D": 4, "E": 2, "F": 2, "G": 4, "H": 1}
    ids = [f"{side}{n}" for side, signs in sides.items() for n in range(1, signs + 1)]

    assert [i.id for i in V1.indicators] == ids
    assert [d.id for d in V1.dimensions] == list("ABCDEFGH")
    assert V1.dimensions[0].name == "People coming in"


def test_has_the_published_bands():
    assert {i.id: i.counted.cuts for i in V1.indicators if i.counted} == CUTS


def test_asks_the_assessed_indicators_and_rates_depth_at_each_tie():
    assert [i.id for i in V1.asked] == ["A3", "D4", "F2", "G1", "G2", "G3", "G4", "H1"]
    assert [i.id for i in V1.indicators if i.is_rated_per_partnership] == ["E2"]
    assert V1.indicator("F2").kind is Kind.BOTH


def test_gives_every_assessed_indicator_five_anchors_and_someone_to_ask():
    for indicator in V1.asked:
        assert len(set(indicator.anchors)) == 5
        assert indicator.asked


def test_shows_the_counted_half_of_three_indicators_beside_them():
    assert [i.id for i in V1.indicators if i.beside] == ["D4", "G2", "H1"]


def test_weighs_everything_alike():
    assert {i.weight for i in V1.indicators} | {d.weight for d in V1.dimensions} == {1}


def test_asks_every_group_something():
    assert {group for i in V1.asked for group in i.asked} == set(V1.groups)


def test_names_an_algorithm_that_there_is():
    assert V1.algorithm in ALGORITHMS


def test_never_speaks_of_a_closed_culture_or_a_rank():
    words = json.dumps(BODY).lower()

    assert not [word for word in ("closed", "rank", "league", "service user") if word in words]


def broken(path, value):
    body = copy.deepcopy(BODY)
    *parents, last = path
    place = body
    for parent in parents:
        place = place[parent]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return body


@pytest.mark.parametrize(
    ("path", "value", "refused_at"),
    [
        (["version"], None, ""),
        (["colour"], "green", "colour"),
        (["algorithm"], "one", "algorithm"),
        (["indicators", 0, "cuts"], [0, 2, 5], "indicators[0].cuts"),
        (["indicators", 0, "cuts"], [0, 5, 2, 10], "indicators[0].cuts"),
        (["indicators", 0, "dimension"], "Z", "indicators[0].dimension"),
        (["indicators", 0, "id"], "A2", "indicators"),
        (["indicators", 0, "kind"], "guessed", "indicators[0].kind"),
        (["indicators", 0, "kind"], None, "indicators[0]"),
        (["indicators", 0, "raw", "formula"], "magic", "indicators[0].raw.formula"),
        (["indicators", 0, "raw", "count"], "smiles", "indicators[0].raw.count"),
        (["indicators", 0, "raw", "count"], None, "indicators[0].raw"),
        (["indicators", 0, "weight"], 0, "indicators[0].weight"),
        (["indicators", 2, "anchors"], ["only one"], "indicators[2].anchors"),
        (["indicators", 2, "asked"], ["cooks"], "indicators[2].asked[0]"),
        (["dimensions", 0, "id"], "Q", "indicators[0].dimension"),
        (["levels"], [{"id": "a", "name": "a", "from": 5}], "levels"),
        (["window", "small_home_beds"], [19, 1], "window.small_home_beds"),
        (["coverage", "indicators"], 21, "coverage.indicators"),
        (["groups", 1, "id"], "residents", "groups"),
        (["flags", "words", "one_voice"], None, "flags.words"),
    ],
)
def test_refuses_an_instrument_that_does_not_hold_together(path, value, refused_at):
    with pytest.raises(RefusedError) as refused:
        parse_instrument(Node(broken(path, value)))

    assert refused.value.path == refused_at


def test_refuses_a_side_without_a_sign():
    body = copy.deepcopy(BODY)
    body["dimensions"].append({"id": "Q", "name": "Quiet", "weight": 1})

    with pytest.raises(RefusedError, match="Q has no indicator"):
        parse_instrument(Node(body))
