"""Where the marks of the charts stand, in SVG user units. Pure.

Waves are told apart by shape, not by colour: a ring for month 0, a half disc for month
3, a full disc for month 6, and triangles, empty and full, for the staying checks at
months 9 and 12. A dashed line joins what was counted in different ways: no rise, no fall.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from fans.openness.instrument import TOP_STEP

SHAPES = {0: "ring", 3: "half", 6: "full", 9: "triangle", 12: "triangle-full", None: "full"}
TOUCHING = 16
"""Marks nearer to each other than this would cover one another."""

BELOW = 22
"""What is left below the last row's marks."""

Values = Mapping[int | None, float | None]
Compares = Callable[[int | None, int | None], bool]
"""Whether what two months say may be read as a rise or a fall."""


def always(one: int | None, other: int | None) -> bool:
    """Compare any two months."""
    return True


@dataclass(frozen=True)
class Layout:
    """A chart's measures."""

    width: int
    left: int
    right: int
    first_row: int
    row: int
    name_above: int  # how far above its marks a side's name stands
    value_x: int
    lift: int = 14

    def x(self, value: float) -> float:
        """Return where ``value``, 0 to 4, stands."""
        return self.left + (self.right - self.left) * value / TOP_STEP


WIDE = Layout(
    width=1040, left=230, right=935, first_row=61, row=54, name_above=-5, value_x=1040
)
NARROW = Layout(width=360, left=12, right=344, first_row=82, row=74, name_above=26, value_x=344)
STRIP = Layout(
    width=480, left=16, right=464, first_row=27, row=0, name_above=0, value_x=480, lift=13
)
"""One side alone, in a cell of a table."""


@dataclass(frozen=True)
class Mark:
    """One wave's mark."""

    shape: str
    x: str
    y: str


@dataclass(frozen=True)
class Join:
    """A line between two waves' marks; dashed where they do not compare."""

    x: str
    to: str
    y: str
    is_dashed: bool


@dataclass(frozen=True)
class Row:
    """One side's marks, the lines that join them, and its value in words."""

    name: str
    name_y: int
    joins: tuple[Join, ...]
    marks: tuple[Mark, ...]
    rule_y: int
    change: str


@dataclass(frozen=True)
class Dumbbells:
    """The chart of all sides."""

    layout: Layout
    height: int
    grid: tuple[str, ...]
    middle: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Side:
    """One side's name, its values by month (0 to 4), their words, and what compares."""

    name: str
    values: Values
    change: str
    compares: Compares = always


def dumbbells(sides: Sequence[Side], layout: Layout) -> Dumbbells:
    """Lay out a row a side."""
    rows = [_row(number, side, layout) for number, side in enumerate(sides)]
    return Dumbbells(
        layout=layout,
        height=layout.first_row + layout.row * (len(rows) - 1) + BELOW,
        grid=tuple(_f(layout.x(step)) for step in range(TOP_STEP + 1)),
        middle=_f(layout.x(TOP_STEP / 2)),
        rows=tuple(rows),
    )


def _row(number: int, side: Side, layout: Layout) -> Row:
    y = layout.first_row + layout.row * number
    known = [(month, layout.x(v)) for month, v in side.values.items() if v is not None]
    return Row(
        name=side.name,
        name_y=y - layout.name_above,
        joins=tuple(_joins(known, y, side.compares)),
        marks=tuple(_marks([(SHAPES[month], x) for month, x in known], y, layout)),
        rule_y=y + 26,
        change=side.change,
    )


def _joins(known: Sequence[tuple[int | None, float]], y: int, compares: Compares) -> list[Join]:
    """Join each wave's mark with the next one's, the dashed lines last and so on top."""
    joins = [
        Join(_f(min(x, to)), _f(max(x, to)), _f(y), not compares(month, next_month))
        for (month, x), (next_month, to) in pairwise(known)
    ]
    return sorted(joins, key=lambda join: join.is_dashed)


def _marks(known: list[tuple[str, float]], y: int, layout: Layout) -> list[Mark]:
    """Place the marks; one that a later one would cover is lifted above the line."""
    placed: list[tuple[str, float, float]] = []
    for shape, x in reversed(known):
        at = float(y)
        while any(abs(x - x2) < TOUCHING and at == y2 for _, x2, y2 in placed):
            at -= layout.lift
        placed.append((shape, x, at))
    return [Mark(shape, _f(x), _f(at)) for shape, x, at in reversed(placed)]


@dataclass(frozen=True)
class Point:
    """One wave's lived or felt figure."""

    x: str
    y: str
    is_first: bool


@dataclass(frozen=True)
class Line:
    """Lived or felt over the waves; ``dashed`` joins what does not compare."""

    points: tuple[Point, ...]
    path: str
    dashed: str
    label_y: str
    label: str


@dataclass(frozen=True)
class Lines:
    """The chart of lived and felt."""

    months: tuple[tuple[int, str], ...]
    grid: tuple[tuple[int, str], ...]
    lived: Line | None
    felt: Line | None


LINE_LEFT, LINE_RIGHT, LINE_BOTTOM, LINE_HEIGHT = 46, 246, 150, 135
LABEL_ROOM = 20
LEAST_MONTHS = 6


def lines(lived: Values, felt: Values, compares: Compares = always) -> Lines:
    """Lay out lived and felt, 0 to 100, over the months; ``compares`` is about lived."""
    months = [month for month in lived if month is not None]
    scale = max(LEAST_MONTHS, *months) if months else LEAST_MONTHS
    above, below = _line("Lived", lived, scale, compares), _line("Felt", felt, scale, always)
    if above and below and abs(float(above.label_y) - float(below.label_y)) < LABEL_ROOM:
        middle = (float(above.label_y) + float(below.label_y)) / 2
        up, down = _f(middle - LABEL_ROOM / 2), _f(middle + LABEL_ROOM / 2)
        is_lived_up = float(above.label_y) <= float(below.label_y)
        above = replace(above, label_y=up if is_lived_up else down)
        below = replace(below, label_y=down if is_lived_up else up)
    ticks = sorted({0, 3, 6, *months})
    return Lines(
        months=tuple((month, _f(_month_x(month, scale))) for month in ticks),
        grid=tuple((value, _f(_value_y(value))) for value in (0, 25, 50, 75, 100)),
        lived=above,
        felt=below,
    )


def _line(name: str, values: Values, scale: int, compares: Compares) -> Line | None:
    known = [(m, v) for m, v in values.items() if m is not None and v is not None]
    if not known:
        return None
    points = {m: Point(_f(_month_x(m, scale)), _f(_value_y(v)), m == 0) for m, v in known}
    paths: dict[bool, str] = {True: "", False: ""}
    for (one, _), (other, _) in pairwise(known):
        a, b = points[one], points[other]
        paths[compares(one, other)] += f"M{a.x} {a.y}L{b.x} {b.y}"
    return Line(
        points=tuple(points.values()),
        path=paths[True],
        dashed=paths[False],
        label_y=_f(_value_y(known[-1][1]) + 5),
        label=f"{name} {int(known[-1][1] + 0.5)}",  # half up, as the figures are
    )


def _month_x(month: int, scale: int) -> float:
    return LINE_LEFT + (LINE_RIGHT - LINE_LEFT) * month / scale


def _value_y(value: float) -> float:
    return LINE_BOTTOM - LINE_HEIGHT * value / 100


def _f(number: float) -> str:
    return f"{number:.1f}"
