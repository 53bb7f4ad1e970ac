"""Versions to test with: v1, and v2 with other weights, other cuts and a sign of its own."""

import copy
import json
from typing import Any

from fans.openness.instrument_file import published
from fans.openness.instruments.drafting import as_draft

V1 = published()["v1"]


def v2(**changes: Any) -> dict[str, Any]:
    """v1 with G3 counting twice, D1 in steeper steps and one more question, H2."""
    body = as_draft(V1, "v2")
    by_id = {indicator["id"]: indicator for indicator in body["indicators"]}
    by_id["G3"]["weight"] = 2
    by_id["D1"]["cuts"] = [1, 5, 9, 14]
    body["indicators"].append(
        {
            **copy.deepcopy(by_id["H1"]),
            "id": "H2",
            "name": "Found by newcomers",
            "question": "Would somebody who is new around here find the home?",
        }
    )
    for texts in body["texts"].values():
        texts["questions"]["H2"] = copy.deepcopy(texts["questions"]["H1"])
    return {**body, **changes}


def as_file(body: object) -> bytes:
    """Return a body as the bytes of a file."""
    return json.dumps(body, ensure_ascii=False).encode()
