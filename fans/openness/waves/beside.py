"""Memory beside log: did more happen, or was more written down?"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Sum, prefetch_related_objects
from django.utils import timezone

from fans.connections.models import OUTSIDE_COMMUNITY, Connection, LogSource
from fans.openness.from_log import instrument_of
from fans.openness.models import Score, Wave
from fans.openness.waves.missing import WEEKS, weeks_logged

FULL: Final = WEEKS


@dataclass(frozen=True)
class Beside:
    """What a wave's days hold from memory and from the log: times met, community alone."""

    first: dt.date
    last: dt.date
    recalled: int
    logged: int
    weeks_logged: int  # of the last four

    @property
    def is_part_logged(self) -> bool:
        """Whether the log began too late to tell of all these weeks."""
        return self.weeks_logged < FULL

    @property
    def has_both(self) -> bool:
        """Whether memory and log both tell of these days."""
        return bool(self.recalled and self.logged)


def beside_of(waves: Iterable[Wave]) -> dict[int, Beside]:
    """Return memory and log of each wave's days, by its id, in four queries at most.

    A rise from a wave that is ``is_part_logged`` to one that is not may be one of the
    writing alone.
    """
    found, today = list(waves), timezone.localdate()
    prefetch_related_objects(found, "enrolment", "instrument")
    beds = _beds(found)
    homes = {wave.enrolment.home_id for wave in found}
    rows: Any = Connection.objects.standing().filter(home__in=homes).with_day().order_by()
    told: dict[tuple[int, bool], dict[dt.date, int]] = defaultdict(dict)
    kinds = rows.values_list("home", "source", "counted_on", "partnership__partner__kind")
    logged_on: dict[int, dt.date] = {}
    for home, source, day, kind, times in kinds.annotate(Sum("occurrences")):
        is_recall = source == LogSource.RECALL
        if not is_recall:
            logged_on[home] = min(day, logged_on.get(home, day))
        if kind not in OUTSIDE_COMMUNITY:
            days = told[home, is_recall]
            days[day] = days.get(day, 0) + times
    return {wave.pk: _beside(wave, today, beds.get(wave.pk), told, logged_on) for wave in found}


def _beds(waves: list[Wave]) -> dict[int, float | None]:
    rows = Score.objects.filter(wave__in=waves).values_list("wave", "evidence__occupied_beds")
    return dict(rows)


def _beside(
    wave: Wave,
    today: dt.date,
    beds: float | None,
    told: dict[tuple[int, bool], dict[dt.date, int]],
    logged_on: dict[int, dt.date],
) -> Beside:
    home = wave.enrolment.home_id
    last = min(wave.look_back_until or wave.closes_on, today)
    days = instrument_of(wave.instrument).window.days_for(beds)
    first = last - dt.timedelta(days=days - 1)

    def times(is_recall: bool) -> int:
        rows = told.get((home, is_recall), {})
        return sum(count for day, count in rows.items() if first <= day <= last)

    return Beside(
        first, last, times(True), times(False), weeks_logged(logged_on.get(home), last)
    )
