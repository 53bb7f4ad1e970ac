"""TopoJSON in the terms of GeoJSON: lines that neighbours share are put back into both.

Format: https://github.com/topojson/topojson-specification
"""

import math
from typing import Any, Final

from geo.geojson import GeometryError

NESTING: Final = {"Polygon": 1, "MultiPolygon": 2}
"""How deep the lists of lines lie, by type of geometry."""

Ring = list[list[float]]


class Topology:
    """The lines of one file, drawn out; ``geometry`` puts a shape together from them."""

    def __init__(self, content: dict[str, Any]) -> None:
        """Draw out every line. Raises ``GeometryError`` naming the one that cannot be."""
        scale, translate = _transform(content.get("transform"))
        arcs = content.get("arcs")
        if not isinstance(arcs, list):
            raise GeometryError("arcs", "a list of lines belongs here")
        self.arcs = []
        for place, arc in enumerate(arcs):
            try:
                self.arcs.append(_drawn(arc, scale, translate))
            except (TypeError, ValueError, IndexError) as error:
                raise GeometryError(f"arcs[{place}]", "is no line of positions") from error

    def geometry(self, found: dict[str, Any]) -> dict[str, Any] | None:
        """Return a geometry as GeoJSON; None for one without any.

        Raises:
            GeometryError: names what cannot be put together.
        """
        kind = found.get("type")
        if kind is None:
            return None
        if kind not in NESTING:
            return {"type": kind}  # whoever reads it says which types are taken
        return {"type": kind, "coordinates": self._rings(found.get("arcs"), NESTING[kind])}

    def _rings(self, value: Any, depth: int, path: str = "arcs") -> list[Any]:
        if not isinstance(value, list):
            raise GeometryError(path, "a list of lines belongs here")
        if depth:
            return [
                self._rings(part, depth - 1, f"{path}[{place}]")
                for place, part in enumerate(value)
            ]
        ring: Ring = []
        for number in value:
            # The line that goes on begins where the last one ended.
            ring += self._line(number, path)[1 if ring else 0 :]
        return ring

    def _line(self, number: Any, path: str) -> Ring:
        """Return one line; a number below zero means it is walked backwards."""
        if isinstance(number, bool) or not isinstance(number, int):
            raise GeometryError(path, "numbers of lines belong here")
        place = number if number >= 0 else ~number
        if place >= len(self.arcs):
            raise GeometryError(path, f"there is no line {place}")
        return self.arcs[place] if number >= 0 else self.arcs[place][::-1]


def _transform(value: Any) -> tuple[list[float], list[float]] | tuple[None, None]:
    if value is None:
        return None, None
    try:
        scale, translate = value["scale"], value["translate"]
        pairs = [[float(number) for number in pair] for pair in (scale, translate)]
        if any(len(pair) != 2 or not all(map(math.isfinite, pair)) for pair in pairs):
            raise ValueError
    except (KeyError, TypeError, ValueError) as error:
        raise GeometryError("transform", "has no scale and translate of two numbers") from error
    return pairs[0], pairs[1]


def _drawn(arc: Any, scale: list[float] | None, translate: list[float] | None) -> Ring:
    """Return a line's positions: steps of a grid added up, or positions as they are."""
    if scale is None or translate is None:
        return [[float(x), float(y)] for x, y, *_ in arc]
    line, x, y = [], 0, 0
    for dx, dy, *_ in arc:
        x, y = x + dx, y + dy
        line.append([x * scale[0] + translate[0], y * scale[1] + translate[1]])
    return line
