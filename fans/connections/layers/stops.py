"""The days that a home's ties are looked at: month 0 to 6 of its programme. Pure."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from fans.connections.rhythm import months_after

MONTHS: Final = 6
"""How long a programme lasts, and how far the picture goes back without one."""

WINDOW_DAYS: Final = 28
"""What is counted at a stop: the four weeks up to its day, that day included."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One day that the ties are looked at."""

    on: dt.date
    month: int | None  # of the programme; None: before, after or without one
    is_today: bool = False

    @property
    def parts(self) -> list[str]:
        """Return its name in parts, for a narrow column."""
        parts = [f"{self.on:%B}"]
        if self.month is not None:
            parts.append(f"month {self.month}")
        if self.is_today:
            parts.append("so far" if self.month is not None else "today")
        return parts

    @property
    def label(self) -> str:
        """Name it in words: "March, month 3"."""
        return ", ".join(self.parts)

    @property
    def span(self) -> str:
        """Say what is counted: "the 4 weeks up to 12 March 2026"."""
        return f"the {WINDOW_DAYS // 7} weeks up to {self.on.day} {self.on:%B %Y}"

    def counts(self, day: dt.date) -> bool:
        """Say whether a day lies in its four weeks."""
        return 0 <= (self.on - day).days < WINDOW_DAYS


def stops_of(starts_on: dt.date | None, *, today: dt.date) -> list[Stop]:
    """Return the stops up to today, the earliest first.

    A month's stop is the day on which so many whole months are over. The month that runs
    has today's; long after the programme, today stands behind month 6. Without a programme
    they are today and the same day of the six months before.
    """
    if starts_on is None:
        past = [Stop(months_after(today, -back), None) for back in range(MONTHS, 0, -1)]
        return [*past, Stop(today, None, is_today=True)]
    days = [months_after(starts_on, month) for month in range(MONTHS + 1)]
    over = [Stop(day, month) for month, day in enumerate(days) if day <= today]
    if over and over[-1].on == today:
        return over
    running = len(over) if len(over) <= MONTHS else None
    return [*over, Stop(today, running, is_today=True)]
