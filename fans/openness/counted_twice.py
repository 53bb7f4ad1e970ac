"""What is remembered of a window beside what was logged in it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, Sum

from fans.connections.models import OUTSIDE_COMMUNITY, Connection, LogSource
from fans.openness.instrument import Instrument
from fans.openness.models import Wave


@dataclass(frozen=True)
class CountedTwice:
    """One count, as people remember it and as it stands in the log."""

    name: str
    from_memory: int
    from_log: int


def counted_twice(
    wave: Wave, instrument: Instrument, *, as_of: dt.date, beds: float | None
) -> list[CountedTwice]:
    """Return visits, trips and partners of a wave's window by source; none if one is empty.

    Neighbours only, as the score counts them. One query.
    """
    since = as_of - dt.timedelta(days=instrument.window.days_for(beds) - 1)
    log: Any = Connection.objects.standing().filter(home=wave.enrolment.home_id)
    rows = log.since(since).up_to(as_of)
    recalled = Q(source=LogSource.RECALL)
    visit, trip = Q(direction="in", paid=False), Q(direction="out")
    found = rows.exclude(partnership__partner__kind__in=OUTSIDE_COMMUNITY).aggregate(
        visits_memory=Sum("occurrences", filter=recalled & visit, default=0),
        visits_log=Sum("occurrences", filter=~recalled & visit, default=0),
        trips_memory=Sum("occurrences", filter=recalled & trip, default=0),
        trips_log=Sum("occurrences", filter=~recalled & trip, default=0),
        ties_memory=Count("partnership", filter=recalled, distinct=True),
        ties_log=Count("partnership", filter=~recalled, distinct=True),
    )
    if not found["ties_memory"]:
        return []
    return [
        CountedTwice("Neighbours came in", found["visits_memory"], found["visits_log"]),
        CountedTwice("We went out", found["trips_memory"], found["trips_log"]),
        CountedTwice("Partners", found["ties_memory"], found["ties_log"]),
    ]
