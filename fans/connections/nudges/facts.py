"""What waits at some homes: a query or two for each kind, however many homes."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection
from typing import Final

from django.db.models import F, Min, Q, Window
from django.db.models.functions import RowNumber

from fans.cohorts.models import Enrolment
from fans.connections.going_quiet import quiet_ties
from fans.connections.models import OVER, Arranger, Connection, Partnership
from fans.connections.nudges.rules import Fact, Kind
from fans.connections.quick.models import QuickEntry
from fans.connections.ties.models import Answer, Approach
from fans.connections.wishes.models import Wish

Homes = Collection[int]
NOT_SETTLED: Final = (Answer.WAITING, Answer.TALK, Answer.LATER, Answer.NONE)
LAST_CONTACTS: Final = 3
"""A tie is in a home's own hands when it, or the partner, arranged so many in a row."""


def asked(homes: Homes, today: dt.date) -> list[Fact]:
    """Return invitations that nobody answered, and those to come back to.

    Of each tie the latest counts. Whoever noted a day to ask again is left alone until then.
    """
    latest = (
        Approach.objects.standing()
        .filter(partnership__home__in=homes)
        .exclude(partnership__status__in=OVER)
        .order_by("partnership", "-asked_on", "-pk")
        .distinct("partnership")
        .select_related("partnership")
    )
    return [fact for row in latest if (fact := _of_approach(row)) is not None]


def _of_approach(row: Approach) -> Fact | None:
    if row.answer not in NOT_SETTLED:
        return None
    kind, day = Kind.INVITATION, row.asked_on
    if row.follow_up_on is not None:
        kind, day = Kind.FOLLOW_UP, row.follow_up_on
    elif row.answer != Answer.WAITING:
        return None
    tie = row.partnership
    return Fact(kind, tie.home_id, row.pk, day, tie_id=tie.pk, asked_on=row.asked_on)


def quiet(homes: Homes, today: dt.date) -> list[Fact]:
    """Return ties that fell out of their own rhythm."""
    return [
        Fact(
            Kind.QUIET,
            one.partnership.home_id,
            one.partnership.pk,
            one.quiet_since,
            tie_id=one.partnership.pk,
            last_on=one.last_on,
            gap_days=one.usual_gap_days,
        )
        for one in quiet_ties(homes, on=today)
    ]


def noted(homes: Homes, today: dt.date) -> list[Fact]:
    """Return what staff noted from a printed code and nobody has confirmed."""
    waiting = QuickEntry.objects.waiting().of_homes(homes)
    rows = waiting.order_by().values_list("code__home", "pk", "noted_at__date")
    return [Fact(Kind.QUICK, home, pk, day) for home, pk, day in rows]


def wished(homes: Homes, today: dt.date) -> list[Fact]:
    """Return wishes that wait: how many and since when, never a word of them."""
    waiting = Wish.objects.open().of_homes(homes)
    rows = waiting.order_by().values_list("home", "pk", "taken_on")
    return [Fact(Kind.WISH, home, pk, day) for home, pk, day in rows]


def to_hand_over(homes: Homes, today: dt.date) -> list[Fact]:
    """Return ties of homes in a programme that the champion still arranges.

    Each with the day the home's part began. Once the home or the partner arranged three
    contacts in a row the tie is in the home's own hands, whatever is noted on it.
    """
    going_on = Enrolment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today), home__in=homes, starts_on__lte=today
    )
    began = dict(going_on.order_by().values_list("home").annotate(Min("starts_on")))
    ties = Partnership.objects.filter(home__in=began, status__in=("agreed", "active"))
    hands = _last_hands(began)
    return [
        Fact(Kind.HAND_OVER, tie.home_id, tie.pk, began[tie.home_id], tie_id=tie.pk)
        for tie in ties
        if _is_champions(tie.arranged_by, hands[tie.pk])
    ]


def _last_hands(homes: Homes) -> dict[int, list[str]]:
    """Return who arranged the last contacts of each tie, "" where nobody said."""
    place = Window(
        RowNumber(),
        partition_by=F("partnership"),
        order_by=[F("counted_on").desc(), F("pk").desc()],
    )
    rows = Connection.objects.standing().filter(home__in=homes).with_day()
    last = rows.annotate(place=place).filter(place__lte=LAST_CONTACTS).order_by()
    hands: dict[int, list[str]] = defaultdict(list)
    for tie, who in last.values_list("partnership", "arranged_by"):
        hands[tie].append(who)
    return hands


def _is_champions(now: str, last: list[str]) -> bool:
    own = (Arranger.HOME, Arranger.PARTNER)
    if len(last) == LAST_CONTACTS and all(who in own for who in last):
        return False
    return now == Arranger.CHAMPION or Arranger.CHAMPION in last


SOURCES: Final[dict[Callable[[Homes, dt.date], list[Fact]], tuple[Kind, ...]]] = {
    asked: (Kind.FOLLOW_UP, Kind.INVITATION),
    noted: (Kind.QUICK,),
    quiet: (Kind.QUIET,),
    wished: (Kind.WISH,),
    to_hand_over: (Kind.HAND_OVER,),
}
"""What looks for which kinds; all kinds of one source ask for the same permission."""
