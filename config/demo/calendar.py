"""The demo's dates, all counted from the day it is loaded."""

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import Final

LEAD_DAYS: Final = 10
"""The month-6 wave has been open for this many days when the demo is loaded."""


@dataclass(frozen=True)
class Calendar:
    """When the cohort began and what day it is."""

    today: dt.date

    @property
    def start(self) -> dt.date:
        """The first day of all enrolments: six months and ten days ago."""
        return months_after(self.today - dt.timedelta(days=LEAD_DAYS), -6)

    @property
    def months(self) -> list[dt.date]:
        """The first days of all months since the start, this month included."""
        first = self.start.replace(day=1)
        count = (self.today.year - first.year) * 12 + self.today.month - first.month
        return [months_after(first, number) for number in range(count + 1)]

    def days(self, *, every: int, weekday: int, from_week: int) -> list[dt.date]:
        """Return the days on ``weekday`` from a week of the programme to today."""
        first = self.start + dt.timedelta(weeks=from_week)
        first += dt.timedelta(days=(weekday - first.weekday()) % 7)
        count = max(0, ((self.today - first).days) // every + 1)
        return [first + dt.timedelta(days=every * number) for number in range(count)]


def months_after(day: dt.date, months: int) -> dt.date:
    """Return the same day some months later, or that month's last day."""
    month0 = day.year * 12 + day.month - 1 + months
    year, month = divmod(month0, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))
