"""Larkfield, an invented home scored by hand: one evidence document, and ways to change it."""

import copy
import json
from typing import Any

from fans.openness.evidence import Evidence, parse_evidence
from fans.openness.instrument import Instrument
from fans.openness.instrument_file import published
from fans.openness.result import Score
from fans.openness.score import score
from fans.openness.strict_json import Node, read

V1: Instrument = published()["v1"]

LARKFIELD: dict[str, Any] = {
    "instrument": "v1",
    "occupied_beds": 40,
    "months_since_start": 6,
    "provenance": {"recall": False, "weeks_logged": 4},
    "observed": {
        "visits_in": 14,
        "familiar_partners": 5,
        "trips_out": 6,
        "residents_out": 9,
        "active_partners_by_category": {
            "arts_culture": 3,
            "faith": 2,
            "school": 2,
            "garden_nature": 1,
            "sport": 1,
        },
        "two_way_partners": 4,
        "home_assets_listed": 7,
        "home_assets_used": 3,
        "reachable_assets": 22,
        "reachable_assets_with_tie": 5,
        "sustained_partners": 4,
        "occurrences": 20,
        "occurrences_with_origin": 20,
        "occurrences_from_residents": 6,
        "residents_reached": 18,
        "partnership_depths": [3, 2, 2, 2, 2],
    },
    "assessed": {
        "A3": {"residents": [2], "relatives": [3], "staff": [4, 4], "volunteers": [3]},
        "D4": {"staff": [2]},
        "F2": {"staff": [2]},
        "G1": {"manager": [3]},
        "G2": {"manager": [2]},
        "G3": {"manager": [2]},
        "G4": {"manager": [1]},
        "H1": {"manager": [2]},
    },
}


def larkfield(**changes: Any) -> dict[str, Any]:
    """Larkfield's document; ``observed`` and ``assessed`` are updated, the rest replaced."""
    document = copy.deepcopy(LARKFIELD)
    for key in ("observed", "assessed"):
        document[key].update(changes.pop(key, {}))
    return {**document, **changes}


def without(*paths: str) -> dict[str, Any]:
    """Larkfield's document without the keys at ``paths``, such as ``observed.visits_in``."""
    document = larkfield()
    for path in paths:
        *parents, last = path.split(".")
        place = document
        for parent in parents:
            place = place[parent]
        del place[last]
    return document


def evidence(document: object) -> Evidence:
    """Parse a document, by way of its JSON text."""
    return parse_evidence(read(json.dumps(document)), {"v1": V1})


def scored(document: object) -> Score:
    """Score a document with instrument v1."""
    return score(V1, evidence(document))


def node(document: object) -> Node:
    """Wrap a document for a parser."""
    return Node(document)
