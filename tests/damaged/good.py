"""Files without damage, to be damaged: a register of homes, a map of places."""

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

Rows = Sequence[dict[str, str]]


def home(number: int, **changes: str) -> dict[str, str]:
    """Return a row of a register in the layout that councils publish."""
    return {
        "name": f"Larch House {number}",
        "cqc_id": f"1-{1000 + number}",
        "type": "Residential homes",
        "address": f"{number} Larch Road, Sale",
        "postcode": "M33 2DH",
        "telephone": "0161 496 0000",
        "website": "www.larch.example",
        "provider": "Larch Care",
        "area_name": "Trafford",
        "lon": f"{-2.32 + number / 1000:.4f}",
        "lat": "53.4240",
    } | changes


def homes(*changes: dict[str, str]) -> list[dict[str, str]]:
    """Return a row for each of ``changes``, the first of them row 2 of a file."""
    return [home(number, **change) for number, change in enumerate(changes, start=1)]


HOMES = homes({}, {}, {})


def csv_text(rows: Rows, *, delimiter: str = ",", line_end: str = "\r\n") -> str:
    """Write rows as a spreadsheet would."""
    out = io.StringIO()
    writer = csv.DictWriter(
        out, fieldnames=list(rows[0]), delimiter=delimiter, lineterminator=line_end
    )
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def cells(rows: Rows) -> list[list[str]]:
    """Return a table's header and rows as lists."""
    return [list(rows[0]), *(list(row.values()) for row in rows)]


POINT = {"type": "Point", "coordinates": [-2.322, 53.424]}
SQUARE = [[-2.33, 53.42], [-2.32, 53.42], [-2.32, 53.43], [-2.33, 53.43], [-2.33, 53.42]]


def feature(number: int = 1, **changes: Any) -> dict[str, Any]:
    """Return a GeoJSON feature of a garden."""
    return {
        "type": "Feature",
        "id": number,
        "properties": {"name": f"Larch Garden {number}"},
        "geometry": POINT,
    } | changes


def at(coordinates: Any, kind: str = "Point", number: int = 1) -> dict[str, Any]:
    """Return a feature with other coordinates."""
    return feature(number, geometry={"type": kind, "coordinates": coordinates})


def collection(*features: Any, **members: Any) -> str:
    """Write a FeatureCollection."""
    return json.dumps({"type": "FeatureCollection", "features": list(features), **members})
