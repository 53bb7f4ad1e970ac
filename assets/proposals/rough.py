"""Roughly where words mean, so that a suggestion reaches whoever knows the place."""

import re
from typing import Final

from assets.placing import Placing
from geo.models import Precision
from geo.search import search_points

SOURCE: Final = "words"
"""``location_source`` of a point that only says which part of the country is meant."""

_PARTS: Final = re.compile(r"[,;\n]|\b(?:in|near|at|by)\b")
_MOST_PARTS: Final = 8


def roughly(words: str) -> Placing | None:
    """Return the town or postcode that words name, the last one first; None for none.

    "Behind the church, Sale" means somewhere in Sale: nothing to put on a map.
    """
    parts = [part.strip(" .") for part in _PARTS.split(words)]
    for part in [part for part in parts if part][-_MOST_PARTS:][::-1]:
        for found in search_points(part, limit=1):
            if found.kind != "place" or found.name.lower() == part.lower():
                return Placing(found.point, "", Precision.OUTCODE, SOURCE)
    return None
