"""Rows of one file that are worth comparing with each other. Pure."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from rapidfuzz.fuzz import ratio

from assets.twins.keys import phone_key, website_key
from assets.twins.signals import Facts

CELL_M: Final = 250.0
NAME_AT_LEAST: Final = 45
"""Percent of letters that names of neighbours have in common at least."""

MOST_A_KEY: Final = 12
_METRES_A_DEGREE: Final = 111_195.0


def pairs(records: Mapping[int, Facts]) -> Iterator[tuple[int, int]]:
    """Yield (later, earlier) numbers of rows that lie near or share a number or page."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    keyed: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, facts in records.items():
        near = set(_by_keys(keyed, number, facts))
        if facts.lon is not None and facts.lat is not None:
            row = math.floor(facts.lat * _METRES_A_DEGREE / CELL_M)
            wide = CELL_M / (_METRES_A_DEGREE * math.cos(math.radians(facts.lat)))
            column = math.floor(facts.lon / wide)
            for other in _around(cells, row, column):
                if ratio(facts.said.squeezed, records[other].said.squeezed) >= NAME_AT_LEAST:
                    near.add(other)
            cells[row, column].append(number)
        for other in sorted(near):
            yield number, other


def _around(cells: Mapping[tuple[int, int], list[int]], row: int, column: int) -> Iterator[int]:
    for y in (row - 1, row, row + 1):
        # Columns narrow to the north: a row above may count them a few further.
        for x in (column - 2, column - 1, column, column + 1, column + 2):
            if (y, x) in cells:
                yield from cells[y, x]


def _by_keys(
    keyed: dict[tuple[str, str], list[int]], number: int, facts: Facts
) -> Iterator[int]:
    keys = {
        "phone": phone_key(facts.phone),
        "website": website_key(facts.website),
        "charity": facts.ids.get("charity", ""),
        "postcode": facts.postcode,
    }
    for kind, key in keys.items():
        if key:
            others = keyed[kind, key]
            yield from others
            if len(others) < MOST_A_KEY:
                others.append(number)
