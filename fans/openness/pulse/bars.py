"""Small charts of one count a month. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from fans.openness.pulse.months import Month

BAR_HEIGHT = 64
BAR_TOP = 22
"""Room above the tallest bar for its number."""

BAR_STEP = 26
BAR_WIDTH = 20
NAMES_BELOW = 18
MOST_BARS = 8
"""The latest months are drawn; the table has them all."""


@dataclass(frozen=True)
class Bar:
    """One month: a bar with its number above, or a gap."""

    x: int
    middle: int
    y: str
    height: str
    number: str
    initial: str
    covered: str


@dataclass(frozen=True)
class Bars:
    """One count over the months."""

    name: str
    width: int
    height: int
    floor: int
    bars: tuple[Bar, ...]
    in_words: str


def bars_of(name: str, count: str, months: Sequence[Month]) -> Bars | None:
    """Draw ``count`` over the months, oldest first; ``None`` where it is never known."""
    shown = months[-MOST_BARS:]
    values = [m.counts.get(count) for m in shown]
    if all(value is None for value in values):
        return None
    most = max([value for value in values if value is not None] + [1])
    return Bars(
        name=name,
        width=BAR_STEP * len(shown),
        height=BAR_TOP + BAR_HEIGHT + NAMES_BELOW,
        floor=BAR_TOP + BAR_HEIGHT,
        bars=tuple(
            _bar(n, m, v, most) for n, (m, v) in enumerate(zip(shown, values, strict=True))
        ),
        in_words="; ".join(
            f"{m.first_day:%B} {'not known' if v is None else f'{v:g}'}"
            for m, v in zip(shown, values, strict=True)
        ),
    )


def _bar(number: int, month: Month, value: float | None, most: float) -> Bar:
    height = 0 if value is None else BAR_HEIGHT * value / most
    x = number * BAR_STEP + (BAR_STEP - BAR_WIDTH) // 2
    return Bar(
        x=x,
        middle=x + BAR_WIDTH // 2,
        y=f"{BAR_TOP + BAR_HEIGHT - height:.1f}",
        height=f"{height:.1f}",
        number="" if value is None else f"{value:g}",
        initial=f"{month.first_day:%b}"[:1],
        covered=month.covered.value,
    )
