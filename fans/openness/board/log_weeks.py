"""In which of the last weeks a home noted something: for any number of homes at once."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Max, Min, Q

from fans.connections.models import Connection, LogSource

WEEKS: Final = 12
LATEST_WEEKS: Final = 4
QUIET_WEEKS: Final = 3
"""So many weeks without a word are worth asking after."""


@dataclass(frozen=True)
class LogWeeks:
    """How a home's log looks on ``on``; a week is seven days, the last one ends on ``on``."""

    on: dt.date
    first_on: dt.date | None = None
    last_on: dt.date | None = None
    weeks: frozenset[int] = field(default_factory=frozenset)  # 0 is the latest

    @property
    def is_begun(self) -> bool:
        """Whether anything was ever logged."""
        return self.first_on is not None

    @property
    def of_latest(self) -> int:
        """How many of the last four weeks have something."""
        return sum(week < LATEST_WEEKS for week in self.weeks)

    @property
    def of_all(self) -> int:
        """How many of the last twelve weeks have something."""
        return len(self.weeks)

    @property
    def quiet_weeks(self) -> int:
        """How many whole weeks have passed since the last thing; 0 where nothing ever was."""
        return (self.on - self.last_on).days // 7 if self.last_on else 0

    @property
    def is_quiet(self) -> bool:
        """Whether somebody should ask."""
        return not self.is_begun or self.quiet_weeks >= QUIET_WEEKS

    @property
    def boxes(self) -> list[bool]:
        """The twelve weeks, oldest first: whether each has something."""
        return [week in self.weeks for week in reversed(range(WEEKS))]

    @property
    def words(self) -> str:
        """The weeks in a sentence, with the gap where there is one."""
        if not self.is_begun:
            return "Nothing logged yet"
        counts = f"{self.of_latest} of the last {LATEST_WEEKS} weeks, {self.of_all} of {WEEKS}"
        return f"{counts}; nothing for {self.quiet_weeks} weeks" if self.is_quiet else counts


def log_weeks(homes: Collection[int], on: dt.date) -> Mapping[int, LogWeeks]:
    """Return how each home's log looks. One query; what is from memory is no log."""
    since = on - dt.timedelta(days=7 * WEEKS - 1)
    rows: Any = Connection.objects.standing().exclude(source=LogSource.RECALL).with_day()
    found = (
        rows.filter(home__in=homes, counted_on__lte=on)
        .order_by()
        .values("home")
        .annotate(
            first=Min("counted_on"),
            last=Max("counted_on"),
            days=ArrayAgg("counted_on", filter=Q(counted_on__gte=since), distinct=True),
        )
        .values_list("home", "first", "last", "days")
    )
    begun = {
        home: LogWeeks(on, first, last, frozenset((on - day).days // 7 for day in days or ()))
        for home, first, last, days in found
    }
    return {home: begun.get(home, LogWeeks(on)) for home in homes}
