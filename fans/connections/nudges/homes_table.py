"""How the ties of many homes stand, one line a home: four queries, however many homes."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, Sum

from fans.connections.models import OVER, Connection, LogSource
from fans.connections.nudges.rules import Kind, Standing
from fans.connections.ties.models import Approach
from fans.connections.wishes.models import Wish
from homes.models import Home


@dataclass(frozen=True)
class HomeRow:
    """One home: what it did this month, and what waits there."""

    home: Home
    alive_count: int  # ties that met, are not over and keep their rhythm
    quiet_count: int
    open_count: int  # invitations without an answer
    due_count: int  # days to ask again that have come
    wishes_count: int | None  # None: not for these eyes
    times: int  # how often neighbours met this month
    last_on: dt.date | None


def rows_of(
    homes: Sequence[Home], standing: Sequence[Standing], today: dt.date, *, with_wishes: bool
) -> list[HomeRow]:
    """Return the homes in their given order; ``standing``: what is known to wait there."""
    ids = [home.pk for home in homes]
    met = Connection.objects.standing().filter(home__in=ids).with_day()
    tied = met.community().exclude(partnership__status__in=OVER)
    ties = Count("partnership", distinct=True)
    alive = dict(tied.order_by().values_list("home").annotate(ties))
    last = dict(met.order_by().values_list("home").annotate(Max("counted_on")))
    month = met.community().in_month(today).exclude(source=LogSource.RECALL)
    times = dict(month.order_by().values_list("home").annotate(Sum("occurrences")))
    asked = Approach.objects.open().of_homes(Home.objects.filter(pk__in=ids)).order_by()
    invitations = dict(asked.values_list("partnership__home").annotate(Count("pk")))
    waiting = Wish.objects.open().of_homes(ids).order_by() if with_wishes else None
    wishes = dict(waiting.values_list("home").annotate(Count("pk"))) if waiting else {}
    told = Counter((one.kind, one.home_id) for one in standing)
    return [
        HomeRow(
            home=home,
            alive_count=alive.get(home.pk, 0) - told[Kind.QUIET, home.pk],
            quiet_count=told[Kind.QUIET, home.pk],
            open_count=invitations.get(home.pk, 0),
            due_count=told[Kind.FOLLOW_UP, home.pk],
            wishes_count=wishes.get(home.pk, 0) if with_wishes else None,
            times=times.get(home.pk, 0),
            last_on=last.get(home.pk),
        )
        for home in homes
    ]
