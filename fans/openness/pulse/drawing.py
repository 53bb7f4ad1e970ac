"""Where the marks of the monthly chart stand, in SVG user units. Pure.

Days run evenly from left to right. Whole months are squares and joined; a month that is
logged in part is a hollow square, apart; a gap is a hatched column; a wave's own figure
is a diamond, hollow where it comes from memory or from part of a log.
"""

import calendar
import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fans.openness.pulse.months import Covered, Month, runs

TOP_OF_SCALE = 100
ROOM_FOR_A_NAME = 44
"""How wide the name of a month is, with the space it needs."""


LOWER_NUMBER = 28
HIGHER_NUMBER = 12


@dataclass(frozen=True)
class Frame:
    """A chart's measures."""

    width: int
    left: int
    right: int
    top: int
    bottom: int

    @property
    def height(self) -> int:
        """The chart's height: below the scale stand the names of the months."""
        return self.bottom + 30

    @property
    def tall(self) -> int:
        """How tall the scale is."""
        return self.bottom - self.top


WIDE = Frame(width=1040, left=44, right=1028, top=34, bottom=274)
NARROW = Frame(width=360, left=36, right=350, top=34, bottom=206)


@dataclass(frozen=True)
class Stretch:
    """Something that went on from a day to a day, by its number in the list below."""

    number: int
    from_on: dt.date
    until_on: dt.date


@dataclass(frozen=True)
class WaveFigure:
    """A wave's own lived figure (0-100) on its day."""

    month: int
    as_of: dt.date
    lived: float
    is_in_part: bool


@dataclass(frozen=True)
class Band:
    """A stretch as drawn: from ``x`` on, ``width`` wide, its number above the middle."""

    number: int
    x: str
    width: str
    middle: str
    y: int


@dataclass(frozen=True)
class Spot:
    """A mark as drawn."""

    x: str
    y: str
    hollow: bool


@dataclass(frozen=True)
class Drawing:
    """The whole chart."""

    frame: Frame
    grid: tuple[tuple[int, str], ...]
    names: tuple[tuple[str, str], ...]
    bands: tuple[Band, ...]
    gaps: tuple[Band, ...]
    lines: tuple[str, ...]
    squares: tuple[Spot, ...]
    diamonds: tuple[Spot, ...]


def draw(
    months: Sequence[Month],
    waves: Sequence[WaveFigure],
    stretches: Sequence[Stretch],
    frame: Frame,
) -> Drawing:
    """Lay out the months, oldest first; at least one."""
    scale = _Scale(frame, months[0].first_day, _month_end(months[-1].as_of))
    known = {n: (scale.x(m.as_of), scale.y(m.lived)) for n, m in _known(months)}
    inside = [w for w in waves if scale.first <= w.as_of <= scale.last]
    return Drawing(
        frame=frame,
        grid=tuple((value, _f(scale.y(value))) for value in (0, 25, 50, 75, 100)),
        names=_names(months, scale),
        bands=_numbered([_band(each, scale) for each in stretches]),
        gaps=tuple(_gap(month, scale) for month in months if month.covered is Covered.GAP),
        lines=tuple(_line([known[n] for n in run]) for run in runs(months) if len(run) > 1),
        squares=tuple(
            Spot(_f(x), _f(y), months[n].covered is not Covered.WHOLE)
            for n, (x, y) in known.items()
        ),
        diamonds=tuple(
            Spot(_f(scale.x(w.as_of)), _f(scale.y(w.lived)), w.is_in_part) for w in inside
        ),
    )


def _known(months: Sequence[Month]) -> list[tuple[int, "_Known"]]:
    return [
        (number, _Known(month.as_of, month.lived))
        for number, month in enumerate(months)
        if month.lived is not None and month.covered is not Covered.GAP
    ]


@dataclass(frozen=True)
class _Known:
    as_of: dt.date
    lived: float


@dataclass(frozen=True)
class _Scale:
    frame: Frame
    first: dt.date
    last: dt.date

    def x(self, day: dt.date) -> float:
        along = (min(max(day, self.first), self.last) - self.first).days
        days = (self.last - self.first).days
        return self.frame.left + (self.frame.right - self.frame.left) * along / days

    def y(self, value: float) -> float:
        height = self.frame.bottom - self.frame.top
        return self.frame.bottom - height * value / TOP_OF_SCALE


def _names(months: Sequence[Month], scale: _Scale) -> tuple[tuple[str, str], ...]:
    """Name as many months as there is room for, the latest always."""
    frame = scale.frame
    room = (frame.right - frame.left) / len(months)
    every = math.ceil(ROOM_FOR_A_NAME / room)
    named = [m for n, m in enumerate(months) if (len(months) - 1 - n) % every == 0]
    return tuple(
        (f"{m.first_day:%b}", _f((scale.x(m.first_day) + scale.x(_month_end(m.as_of))) / 2))
        for m in named
    )


def _band(stretch: Stretch, scale: _Scale) -> Band:
    left = scale.x(stretch.from_on)
    right = max(scale.x(stretch.until_on), left + 3)
    middle = (left + right) / 2
    return Band(stretch.number, _f(left), _f(right - left), _f(middle), LOWER_NUMBER)


def _numbered(bands: Sequence[Band]) -> tuple[Band, ...]:
    """Lift a number that would stand on its neighbour's."""
    placed: list[Band] = []
    for band in bands:
        near = [b for b in placed if abs(float(b.middle) - float(band.middle)) < 20]
        is_taken = any(b.y == LOWER_NUMBER for b in near)
        placed.append(replace(band, y=HIGHER_NUMBER if is_taken else LOWER_NUMBER))
    return tuple(placed)


def _gap(month: Month, scale: _Scale) -> Band:
    return _band(Stretch(0, month.first_day, _month_end(month.as_of)), scale)


def _line(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{_f(x)} {_f(y)}" for x, y in points)


def _month_end(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _f(number: float) -> str:
    return f"{number:.1f}".rstrip("0").rstrip(".")
