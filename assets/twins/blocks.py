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

MOST_A_KEY: Final = 8
_METRES_A_DEGREE: Final = 111_195.0


def pairs(records: Mapping[int, Facts]) -> Iterator[tuple[int, int]]:
    """Yield (later, earlier) numbers of rows that lie near or share a number or page."""
    holders = _holders(records)
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, facts in records.items():
        near = {
            other
            for key in _keys(facts)
            if 1 < len(holders[key]) <= MOST_A_KEY
            for other in holders[key]
            if other < number
        }
        if facts.lon is not None and facts.lat is not None:
            row, column = _cell(facts.lon, facts.lat)
            near.update(_around(cells, row, column))
            cells[row, column].append(number)
        letters = facts.said.squeezed
        for other in sorted(near):
            if ratio(letters, records[other].said.squeezed) >= NAME_AT_LEAST:
                yield number, other


def _holders(records: Mapping[int, Facts]) -> dict[tuple[str, str], list[int]]:
    """Return who has each number, page and postcode."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, facts in records.items():
        for key in _keys(facts):
            found[key].append(number)
    return found


def _keys(facts: Facts) -> Iterator[tuple[str, str]]:
    keys = {
        "phone": phone_key(facts.phone),
        "website": website_key(facts.website),
        "charity": facts.ids.get("charity", ""),
        "postcode": facts.postcode,
    }
    return ((kind, key) for kind, key in keys.items() if key)


def _cell(lon: float, lat: float) -> tuple[int, int]:
    row = math.floor(lat * _METRES_A_DEGREE / CELL_M)
    south = math.radians(row * CELL_M / _METRES_A_DEGREE)
    return row, math.floor(lon * _METRES_A_DEGREE * math.cos(south) / CELL_M)


def _around(cells: Mapping[tuple[int, int], list[int]], row: int, column: int) -> Iterator[int]:
    for y in (row - 1, row, row + 1):
        # Columns narrow to the north: in the next row the same place may lie in another.
        for x in range(column - 2, column + 3):
            if (y, x) in cells:
                yield from cells[y, x]
