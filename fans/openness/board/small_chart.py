"""The small picture of one home: a row a side, a mark a wave, in SVG units. Pure.

Waves are told apart by shape, not by colour. There is no place here for another home's
marks: each is read from its own start.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

LEFT, RIGHT, FIRST, ROW = 116, 250, 14, 22
TOP_STEP: Final = 4
TOUCHING: Final = 4
"""Marks nearer than this cover one another: the later is drawn, the earlier rings it."""


@dataclass(frozen=True)
class Mark:
    """One wave's mark; ``is_ringed`` says that an earlier wave stands at the same place."""

    month: int
    x: str
    is_ringed: bool


@dataclass(frozen=True)
class Row:
    """One side: its name, the line that joins its marks, and the marks, oldest first.

    Where a wave rests on memory or on a part of a log the line is dashed: the way from
    there is no rise.
    """

    name: str
    y: int
    line: tuple[str, str] | None
    is_sure: bool
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class SmallChart:
    """One home's picture."""

    height: int
    grid: tuple[str, ...]
    rows: tuple[Row, ...]


def small_chart(
    sides: Sequence[tuple[str, Mapping[int, float | None]]], *, unsure: Collection[int] = ()
) -> SmallChart | None:
    """Lay out the sides that have a value in any wave, 0 to 4 by month; None without any.

    ``unsure`` are the months that rest on memory, or on a part of a log.
    """
    known = [
        (name, values) for name, values in sides if any(v is not None for v in values.values())
    ]
    if not known:
        return None
    return SmallChart(
        height=FIRST * 2 + ROW * (len(known) - 1),
        grid=tuple(f"{_x(step):.1f}" for step in (0, 2, 4)),
        rows=tuple(_row(number, *side, unsure) for number, side in enumerate(known)),
    )


def _row(
    number: int, name: str, values: Mapping[int, float | None], unsure: Collection[int]
) -> Row:
    placed = [(month, _x(v)) for month, v in sorted(values.items()) if v is not None]
    ends = [x for _, x in placed]
    return Row(
        name=name,
        y=FIRST + ROW * number,
        line=(f"{min(ends):.1f}", f"{max(ends):.1f}") if len(ends) > 1 else None,
        is_sure=not any(month in unsure for month, _ in placed),
        marks=tuple(_marks(placed)),
    )


def _marks(placed: Sequence[tuple[int, float]]) -> list[Mark]:
    """Leave out a mark that a later one covers, and ring the later one."""
    kept: list[Mark] = []
    for number, (month, x) in enumerate(placed):
        later = [other for _, other in placed[number + 1 :]]
        if any(abs(x - other) < TOUCHING for other in later):
            continue
        earlier = [other for _, other in placed[:number]]
        ringed = any(abs(x - other) < TOUCHING for other in earlier)
        kept.append(Mark(month, f"{x:.1f}", ringed))
    return kept


def _x(value: float) -> float:
    return LEFT + (RIGHT - LEFT) * value / TOP_STEP
