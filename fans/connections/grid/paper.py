"""The empty sheet for the office door: the home's ties down the side, the days across."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from fans.connections.grid.cells import days_in
from fans.connections.grid.reading import Head, heads_of, last_day, read_month
from fans.connections.models import PartnerKind
from homes.models import Home

EMPTY_LINES: Final = 4
MOST_LINES: Final = 60
"""Four sheets of paper; a home with more ties than that knows which ones it meets."""

PRINTED: Final = (PartnerKind.ASSET, PartnerKind.GROUP)
"""Kinds of partner that may hang on a door: visitors read it, so no private person."""

TYPE_IN_BY_DAY: Final = 7
"""Of the month after."""


@dataclass(frozen=True)
class Paper:
    """An empty sheet for one month."""

    home: Home
    month: dt.date
    heads: list[Head]
    left_out: int  # lines that are no business of whoever passes the door

    @property
    def days(self) -> range:
        """The days of the month."""
        return range(1, days_in(self.month) + 1)

    @property
    def empty(self) -> range:
        """The lines for new ones."""
        return range(EMPTY_LINES)

    @property
    def type_in_by(self) -> dt.date:
        """The day by which it is best typed in."""
        return last_day(self.month) + dt.timedelta(days=TYPE_IN_BY_DAY)


def paper_for(home: Home, month: dt.date) -> Paper:
    """Return the sheet of a month, in the order of the page it is typed into."""
    open_ones = [head for head in heads_of(home, read_month(home, month)) if not head.is_over]
    printed = [head for head in open_ones if head.kind in PRINTED]
    shown = printed[:MOST_LINES]
    return Paper(home, month, shown, len(open_ones) - len(shown))
