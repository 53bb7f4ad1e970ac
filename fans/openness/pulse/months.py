"""The lived part of openness month by month, and what may be said of it. Pure.

A month is looked at on its last day, over the four weeks (of a small home eight) that
end on it. A month of which nothing is written down is a gap, never a zero; one that the
log only partly covers is shown, and stands outside every comparison: the first weeks of
a log look like a rise, whatever the neighbours did.
"""

import calendar
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_MONTHS = 18


class Covered(StrEnum):
    """How much of a month's window the log covers."""

    WHOLE = "whole"
    PART = "part"
    SO_FAR = "so_far"
    GAP = "gap"


@dataclass(frozen=True)
class Month:
    """One month: the day it is looked at, the lived part (0-100) then, and its counts.

    A gap has no lived part; a count that is not known is missing or ``None``.
    """

    as_of: dt.date
    covered: Covered
    lived: float | None
    counts: Mapping[str, float | None]

    @property
    def first_day(self) -> dt.date:
        """The first day of the calendar month."""
        return self.as_of.replace(day=1)


@dataclass(frozen=True)
class Change:
    """What two wholly logged months say beside each other; ``gaps`` lie between them."""

    first: Month
    last: Month
    gaps: int


def month_ends(start: dt.date, today: dt.date) -> list[dt.date]:
    """Return the last day of each month from ``start``'s to today's, whose day is today.

    At most the last eighteen; none if ``start`` is still to come.
    """
    ends = []
    year, month = start.year, start.month
    while dt.date(year, month, 1) <= today:
        last = dt.date(year, month, calendar.monthrange(year, month)[1])
        ends.append(min(last, today))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return ends[-MOST_MONTHS:] if start <= today else []


def covered(*, as_of: dt.date, today: dt.date, weeks_logged: int, is_written: bool) -> Covered:
    """Say how much of a month's window the log covers.

    ``weeks_logged`` counts the weeks, of four, since the log began; ``is_written`` is
    whether a logged row of the window is there at all.
    """
    if not is_written:
        return Covered.GAP
    if weeks_logged < 4:
        return Covered.PART
    is_over = as_of < today or (as_of + dt.timedelta(days=1)).day == 1
    return Covered.WHOLE if is_over else Covered.SO_FAR


def change_over(months: Sequence[Month]) -> Change | None:
    """Compare the first wholly logged month with the last; ``None`` with fewer than two."""
    whole = [
        n for n, m in enumerate(months) if m.covered is Covered.WHOLE and m.lived is not None
    ]
    if len(whole) < 2:
        return None
    first, last = whole[0], whole[-1]
    gaps = sum(m.covered is Covered.GAP for m in months[first:last])
    return Change(months[first], months[last], gaps)


def runs(months: Sequence[Month]) -> Iterator[list[int]]:
    """Yield the months that a line may join, by number: wholly logged neighbours.

    A gap ends a run, and so does a month that is logged in part.
    """
    run: list[int] = []
    for number, month in enumerate(months):
        if month.covered in (Covered.WHOLE, Covered.SO_FAR) and month.lived is not None:
            run.append(number)
            continue
        if run:
            yield run
        run = []
    if run:
        yield run
