"""How much each person has to see, and has seen lately: so that it is shared fairly."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count

from assets.rounds.models import Stop, StopState

LATELY_DAYS: Final = 30


@dataclass(frozen=True)
class Load:
    """Places that somebody has to see, and has seen in the last 30 days."""

    person: Any
    waiting: int = 0
    seen: int = 0

    @property
    def total(self) -> int:
        """Return both together."""
        return self.waiting + self.seen


def loads_of(people: Iterable[Any], *, today: dt.date) -> dict[int, Load]:
    """Return the load of each person, by id, in the order given; two queries."""
    by_pk = {person.pk: person for person in people}
    waiting = Stop.objects.filter(state=StopState.WAITING, round__assigned_to__in=by_pk)
    since = today - dt.timedelta(days=LATELY_DAYS)
    seen = Stop.objects.filter(
        state=StopState.DONE, done_by__in=by_pk, done_at__date__gte=since
    )
    to_see = _counted(waiting, "round__assigned_to")
    have_seen = _counted(seen, "done_by")
    return {
        pk: Load(person, to_see.get(pk, 0), have_seen.get(pk, 0))
        for pk, person in by_pk.items()
    }


def _counted(stops: Any, key: str) -> dict[int, int]:
    rows = stops.order_by().values_list(key).annotate(stops=Count("pk"))
    return dict(rows)
