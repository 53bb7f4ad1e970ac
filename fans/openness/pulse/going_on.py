"""What else went on in a home's months: its own events, and the times of the year."""

import datetime as dt
from dataclasses import dataclass, replace

from django.db.models import Q
from django.utils import timezone

from fans.openness.models import ContextEvent
from fans.openness.pulse.seasons import seasons_between
from homes.models import Home


@dataclass(frozen=True)
class GoingOn:
    """Something that went on from a day to a day; the chart names it by its number."""

    what: str
    from_on: dt.date
    until_on: dt.date
    words: str = ""
    is_over: bool = True
    is_season: bool = False
    number: int = 0


def going_on(home: Home, first: dt.date, last: dt.date) -> tuple[GoingOn, ...]:
    """Return the home's events and the seasons that touch these days, oldest first."""
    lasting = Q(until_on__isnull=True) | Q(until_on__gte=first)
    events = ContextEvent.objects.filter(lasting, home=home, from_on__lte=last)
    today = timezone.localdate()
    found = [
        GoingOn(
            what=e.get_kind_display(),
            words=e.words,
            from_on=e.from_on,
            until_on=e.until_on or max(e.from_on, today),
            is_over=e.until_on is not None,
        )
        for e in events
    ]
    found += [
        GoingOn(what=s.name, from_on=s.from_on, until_on=s.until_on, is_season=True)
        for s in seasons_between(first, last)
    ]
    found.sort(key=lambda each: (each.from_on, each.what))
    return tuple(replace(each, number=number) for number, each in enumerate(found, start=1))
