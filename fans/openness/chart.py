"""Where the marks of the charts stand, in SVG user units. Pure.

Waves are told apart by shape, not by colour: a ring for month 0, a half disc for month
3, a full disc for month 6.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fans.openness.instrument import TOP_STEP

SHAPES = {0: "ring", 3: "half", 6: "full", None: "full"}
TOUCHING = 16
"""Marks nearer to each other than this would cover one another."""

BELOW = 22
"""What is left below the last row's marks."""

Values = Mapping[int | None, float | None]


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


@dataclass(frozen=True)
class Mark:
    """One wave's mark."""

    shape: str
    x: str
    y: str


@dataclass(frozen=True)
class Row:
    """One side's marks, the line that joins them, and its value in words."""

    name: str
    name_y: int
    line: tuple[str, str, str] | None  # from x, to x, y
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


def dumbbells(sides: Sequence[tuple[str, Values, str]], layout: Layout) -> Dumbbells:
    """Lay out a row a side: its name, its values by month (0 to 4) and their words."""
    rows = [_row(number, side, layout) for number, side in enumerate(sides)]
    return Dumbbells(
        layout=layout,
        height=layout.first_row + layout.row * (len(rows) - 1) + BELOW,
        grid=tuple(_f(layout.x(step)) for step in range(TOP_STEP + 1)),
        middle=_f(layout.x(TOP_STEP / 2)),
        rows=tuple(rows),
    )


def _row(number: int, side: tuple[str, Values, str], layout: Layout) -> Row:
    name, values, change = side
    y = layout.first_row + layout.row * number
    known = [(SHAPES[month], layout.x(v)) for month, v in values.items() if v is not None]
    ends = sorted(x for _, x in known)
    return Row(
        name=name,
        name_y=y - layout.name_above,
        line=(_f(ends[0]), _f(ends[-1]), _f(y)) if len(ends) > 1 else None,
        marks=tuple(_marks(known, y, layout)),
        rule_y=y + 26,
        change=change,
    )


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
    """Lived or felt over the waves."""

    points: tuple[Point, ...]
    path: str
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


def lines(lived: Values, felt: Values) -> Lines:
    """Lay out lived and felt, 0 to 100, over months 0, 3 and 6."""
    above, below = _line("Lived", lived), _line("Felt", felt)
    if above and below and abs(float(above.label_y) - float(below.label_y)) < LABEL_ROOM:
        middle = (float(above.label_y) + float(below.label_y)) / 2
        up, down = _f(middle - LABEL_ROOM / 2), _f(middle + LABEL_ROOM / 2)
        is_lived_up = float(above.label_y) <= float(below.label_y)
        above = _relabelled(above, up if is_lived_up else down)
        below = _relabelled(below, down if is_lived_up else up)
    return Lines(
        months=tuple((month, _f(_month_x(month))) for month in (0, 3, 6)),
        grid=tuple((value, _f(_value_y(value))) for value in (0, 25, 50, 75, 100)),
        lived=above,
        felt=below,
    )


def _line(name: str, values: Values) -> Line | None:
    known = [(m, v) for m, v in values.items() if m is not None and v is not None]
    if not known:
        return None
    points = tuple(Point(_f(_month_x(m)), _f(_value_y(v)), m == 0) for m, v in known)
    return Line(
        points=points,
        path="M" + "L".join(f"{p.x} {p.y}" for p in points),
        label_y=_f(_value_y(known[-1][1]) + 5),
        label=f"{name} {known[-1][1]:.0f}",
    )


def _relabelled(line: Line, label_y: str) -> Line:
    return Line(line.points, line.path, label_y, line.label)


def _month_x(month: int) -> float:
    return LINE_LEFT + (LINE_RIGHT - LINE_LEFT) * month / 6


def _value_y(value: float) -> float:
    return LINE_BOTTOM - LINE_HEIGHT * value / 100


def _f(number: float) -> str:
    return f"{number:.1f}"
