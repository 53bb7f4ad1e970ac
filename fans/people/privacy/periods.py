"""Days and whole months, counted back. Pure."""

import calendar
import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Period:
    """How long something is kept: whole days, or whole calendar months."""

    number: int
    is_months: bool = False

    def __str__(self) -> str:
        if self.is_months and self.number % 12 == 0:
            years = self.number // 12
            return f"{years} year{'' if years == 1 else 's'}"
        unit = "month" if self.is_months else "day"
        return f"{self.number} {unit}{'' if self.number == 1 else 's'}"

    def last_day_due(self, today: dt.date) -> dt.date:
        """Return the latest day whose things have been kept for long enough.

        Never earlier than promised: where a month is shorter, a day longer.
        """
        if not self.is_months:
            return today - dt.timedelta(days=self.number)
        months = today.year * 12 + today.month - 1 - self.number
        year, month = divmod(months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return dt.date(year, month + 1, min(today.day, last))


def period_named(setting: str, number: int) -> Period:
    """Return the period of a setting, whose name ends in ``_DAYS`` or ``_MONTHS``."""
    return Period(number, is_months=setting.endswith("_MONTHS"))
