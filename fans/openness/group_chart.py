"""Where groups' answers to one question stand, in SVG user units. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from fans.openness.instrument import TOP_STEP
from fans.openness.signs_shown import GroupShown

LEFT, RIGHT, FIRST_ROW, ROW, BELOW = 12, 348, 58, 58, 20


@dataclass(frozen=True)
class GroupRow:
    """One group's middle answer, and the bar from its lower to its higher ones."""

    group: GroupShown
    name_y: int
    y: int
    middle: str
    bar_x: str
    bar_width: str


@dataclass(frozen=True)
class GroupChart:
    """The rows of the groups that are shown, on the scale from 0 to 4."""

    rows: tuple[GroupRow, ...]
    grid: tuple[tuple[int, str], ...]
    height: int


def group_chart(groups: Sequence[GroupShown]) -> GroupChart:
    """Lay out a row for each group that may be shown."""
    shown = [group for group in groups if group.median is not None]
    return GroupChart(
        rows=tuple(_row(number, group) for number, group in enumerate(shown)),
        grid=tuple((step, _f(_x(step))) for step in range(TOP_STEP + 1)),
        height=FIRST_ROW + ROW * (len(shown) - 1) + BELOW,
    )


def _row(number: int, group: GroupShown) -> GroupRow:
    y = FIRST_ROW + ROW * number
    has_bar = group.low is not None and group.high is not None and group.low < group.high
    low, high = (group.low or 0, group.high or 0) if has_bar else (0, 0)
    return GroupRow(
        group=group,
        name_y=y - 16,
        y=y,
        middle=_f(_x(float(group.median or 0))),
        bar_x=_f(_x(low)),
        bar_width=_f(_x(high) - _x(low)) if has_bar else "",
    )


def _x(step: float) -> float:
    return LEFT + (RIGHT - LEFT) * step / TOP_STEP


def _f(number: float) -> str:
    return f"{number:.1f}"
