"""When a made-up tie meets: its rhythm, its beginning and end, the time of the year."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from config.country.dice import slots
from config.country.plan import LOG_DAYS

Draw = Callable[[], float]


@dataclass(frozen=True)
class Rhythm:
    """How a tie meets; ``gap_days`` apart, 0 for once only."""

    gap_days: int
    depth: int
    is_summed: bool = False  # logged once a month: met so many times
    has_faded: bool = False  # stopped some months ago, nobody said why


ONCE: Final = Rhythm(0, depth=1)
RHYTHMS: Final = slots(
    [
        (ONCE, 34),
        (Rhythm(30, depth=2), 22),
        (Rhythm(14, depth=3), 12),
        (Rhythm(7, depth=4), 8),
        (Rhythm(30, depth=4, is_summed=True), 9),
        (Rhythm(91, depth=2), 7),
        (Rhythm(21, depth=2, has_faded=True), 8),
    ]
)

TERM: Final = (1.0, 0.9, 1.0, 0.8, 1.0, 1.0, 0.5, 0.0, 0.9, 0.9, 1.0, 1.0)
"""How likely a school comes, by month: never in August."""

YEAR: Final = (0.6, 0.6, 0.75, 0.8, 0.9, 1.0, 1.0, 0.85, 0.8, 0.8, 0.8, 1.0)
"""The same for others: summer fairs and Christmas, quiet in the cold months."""


class Calendar:
    """The days of the log, as offsets from its first day (0) to its last."""

    def __init__(self, until: dt.date) -> None:
        self.last = LOG_DAYS - 1
        self.first_day = until - dt.timedelta(days=self.last)
        # A summed month's last day lies up to 27 days after its first.
        self.days = [self.first_day + dt.timedelta(days=n) for n in range(LOG_DAYS)]
        self.texts = [day.isoformat() for day in self.days]
        self.months = [day.month - 1 for day in self.days]

    def contacts(self, draw: Draw, rhythm: Rhythm, *, in_term: bool) -> list[int]:
        """Return the days on which a tie met, at least one, in order."""
        end = self.last - int(draw() * rhythm.gap_days)
        if rhythm.has_faded:
            end = self.last - 70 - int(draw() * 300)
        if rhythm is ONCE:
            return [int(draw() * end)]
        day = int(draw() ** 0.7 * (end - 1))  # more ties are young than old
        likely = TERM if in_term else YEAR
        days: list[int] = []
        while day <= end:
            if draw() < likely[self.months[day]]:
                days.append(day)
            day += max(1, round(rhythm.gap_days * (0.85 + 0.3 * draw())))
        return days or [end]
