"""Rows of other people's tables and map files onto the register, by a layout. Pure."""

import math
from collections.abc import Callable, Mapping
from typing import Any, Final

from assets import further_facts
from assets.candidates import Candidate, RowRefusedError
from assets.cleaning import (
    clean_email,
    clean_phone,
    clean_postcode,
    clean_text,
    clean_website,
    fit,
    meaning,
)
from assets.layouts import Cells, Coordinates, Layout, plain
from geo.constraints import in_uk
from intake.tables import header_key

NO_NAME: Final = "it has no name"
NO_CATEGORY: Final = "its kind is none of ours"

_FURTHER: Final = (*further_facts.NOTHING, "cost")

_WHEELCHAIR: Final = {
    "yes": "yes",
    "y": "yes",
    "true": "yes",
    "partly": "limited",
    "limited": "limited",
    "no": "no",
    "n": "no",
    "false": "no",
}


def cells_of(properties: Mapping[str, Any]) -> Cells:
    """Return a feature's properties by ``header_key``."""
    return {header_key(str(name)): value for name, value in properties.items()}


def id_of(cells: Cells, layout: Layout) -> str:
    """Return the row's own id, "" without one."""
    found = [meaning(cells.get(column)) for column in layout.id]
    if layout.id_joined:
        return "/".join(found) if found and all(found) else ""
    return next(filter(None, found), "")


def read_columns(cells: Cells, layout: Layout, *, category: str | None) -> Candidate:
    """Turn a row into what it says about an asset; ``category`` holds for every row.

    Raises:
        RowRefusedError: no name, or a kind that is none of ours.
    """
    name = _name(cells, layout)
    kind = next(filter(None, (meaning(cells.get(column)) for column in layout.kind)), "")
    slug = category or layout.category or layout.category_named(kind)
    if slug is None:
        raise RowRefusedError(NO_CATEGORY, column="category", detail=kind[:40])
    first = _First(cells, layout)
    hours = first.text("hours")
    description = " ".join(
        part for part in (first.text("description"), hours and f"Open: {hours}") if part
    )
    values = {
        "name": fit("name", name),
        "category": slug,
        "description": fit("description", description),
        "address": "" if layout.only_sector else fit("address", _address(cells, layout)),
        "postcode": clean_postcode(first.text("postcode")),
        "phone": first.that(clean_phone, "phone"),
        "email": first.that(clean_email, "email"),
        "website": first.that(clean_website, "website"),
        "opening_hours": "",  # ours are in OpenStreetMap's syntax, theirs are words
        "wheelchair": _WHEELCHAIR.get(plain(first.text("wheelchair")), "unknown"),
        "access_notes": fit("access_notes", first.text("access_notes")),
        "cost": fit("cost", first.text("cost")),
        **further_facts.of_columns({name: first.text(name) for name in _FURTHER}),
    }
    closed = layout.closed is not None and layout.closed.holds(cells)
    return Candidate(values, closed=closed)


class _First:
    """The first column of a field that holds something."""

    def __init__(self, cells: Cells, layout: Layout) -> None:
        self.cells, self.fields = cells, layout.fields

    def text(self, field: str) -> str:
        for column in self.fields.get(field, ()):
            if text := meaning(self.cells.get(column)):
                return text
        return ""

    def that(self, clean: Callable[[str], str], field: str) -> str:
        for column in self.fields.get(field, ()):
            if text := clean(clean_text(self.cells.get(column))):
                return text
        return ""


def _name(cells: Cells, layout: Layout) -> str:
    name = _First(cells, layout).text("name")
    if not name:
        raise RowRefusedError(NO_NAME, column="name")
    also = [text for column in layout.name_also if (text := meaning(cells.get(column)))]
    return f"{name} ({', '.join(also)})" if also else name


def _address(cells: Cells, layout: Layout) -> str:
    parts: list[str] = []
    for header in layout.address:
        part = meaning(cells.get(header)).strip(" ,")
        if part and part not in parts:
            parts.append(part)
    return ", ".join(parts)


def coordinates_of(cells: Cells, layout: Layout) -> tuple[float, float, bool] | None:
    """Return x, y and whether they are metres of the grid; None where the row has none.

    Degrees are SRID 4326 and lie in the UK.

    Raises:
        RowRefusedError: half of a pair, no numbers, or a place outside the UK.
    """
    for pair in layout.coordinates:
        x, y = _cell(cells, pair.x), _cell(cells, pair.y)
        if x and y:
            found = _numbers(x, y, pair)
            if found is not None:
                return found
        elif x or y:
            column = "".join((pair.y if x else pair.x)[:1])
            raise RowRefusedError("half of its coordinates is missing", column=column)
    return None


def _cell(cells: Cells, columns: tuple[str, ...]) -> str:
    return next((text for column in columns if (text := meaning(cells.get(column)))), "")


def _numbers(x: str, y: str, pair: Coordinates) -> tuple[float, float, bool] | None:
    try:
        one, two = float(x), float(y)
    except ValueError:
        words = "its coordinates are no decimal numbers"
        raise RowRefusedError(words, column=pair.x[0], detail=f"{x[:20]}, {y[:20]}") from None
    if not (math.isfinite(one) and math.isfinite(two)):
        raise RowRefusedError("its coordinates are no decimal numbers", column=pair.x[0])
    if one == 0 and two == 0:
        return None  # how some tables say that they do not know
    if pair.grid:
        return one, two, True
    if in_uk(one, two):
        return one, two, False
    if abs(one) > 180 and abs(two) > 180 and len(pair.x) > 1:
        return None  # "x" and "y" may be metres: the next pair says so
    words = "it lies outside the UK"
    if in_uk(two, one):
        words += "; are longitude and latitude swapped?"
    raise RowRefusedError(words, column=pair.x[0], detail=f"{one:g}, {two:g}")
