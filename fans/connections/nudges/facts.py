"""What waits at some homes: a query or two for each kind, however many homes."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection
from typing import Any, Final

from django.db.models import F, Max, Q, Window
from django.db.models.functions import RowNumber

from fans.cohorts.models import Enrolment
from fans.connections.going_quiet import quiet_ties
from fans.connections.matches.models import Match
from fans.connections.matches.models.match import RECHECK_SOON
from fans.connections.models import (
    OUTSIDE_COMMUNITY,
    OVER,
    Arranger,
    Connection,
    LogSource,
    Partnership,
    PartnershipStatus,
)
from fans.connections.nudges.rules import Fact, Kind
from fans.connections.quick.models import QuickEntry
from fans.connections.ties.handing import LAST_CONTACTS, hand_over
from fans.connections.ties.models import Answer, Approach
from fans.connections.wishes.models import Wish

Homes = Collection[int]
NOT_SETTLED: Final = (Answer.WAITING, Answer.TALK, Answer.LATER, Answer.NONE)
BEGUN: Final = (PartnershipStatus.AGREED, PartnershipStatus.ACTIVE)


def asked(homes: Homes, today: dt.date) -> list[Fact]:
    """Return invitations that nobody answered, and those to come back to.

    Of each tie the latest counts. Whoever noted a day to ask again is left alone until then.
    """
    latest = (
        Approach.objects.standing()
        .filter(partnership__home__in=homes)
        .exclude(partnership__status__in=OVER)
        .order_by("partnership_id", "-asked_on", "-pk")
        .distinct("partnership_id")
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
    """Return ties with neighbours that fell out of their own rhythm."""
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
        if one.counts
    ]


def noted(homes: Homes, today: dt.date) -> list[Fact]:
    """Return what staff noted from a printed code and nobody has confirmed."""
    waiting = QuickEntry.objects.waiting().of_homes(homes)
    rows = waiting.order_by().values_list("code__home", "pk", "noted_at__date")
    return [Fact(Kind.QUICK, home, pk, day) for home, pk, day in rows]


def running_out(homes: Homes, today: dt.date) -> list[Fact]:
    """Return live matches whose volunteer's check is to be looked at soon: never whose."""
    soon: Any = Match.objects.expiring(today).of_homes(homes)
    rows = soon.order_by().values_list("home", "pk", "recheck_on")
    return [
        Fact(Kind.MATCH, home, pk, due_on - RECHECK_SOON, due_on=due_on)
        for home, pk, due_on in rows
    ]


def wished(homes: Homes, today: dt.date) -> list[Fact]:
    """Return wishes that wait: how many and since when, never a word of them."""
    waiting = Wish.objects.open().of_homes(homes)
    rows = waiting.order_by().values_list("home", "pk", "taken_on")
    return [Fact(Kind.WISH, home, pk, day) for home, pk, day in rows]


def to_hand_over(homes: Homes, today: dt.date) -> list[Fact]:
    """Return ties of homes in a programme that the champion still arranges.

    Each with the day the home's part began. A tie is in the home's own hands once
    ``ties.handing`` says so, whatever is noted on it.
    """
    going_on = Enrolment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today), home__in=homes, starts_on__lte=today
    )
    began = dict(going_on.order_by().values_list("home").annotate(Max("starts_on")))
    ties = Partnership.objects.filter(home__in=began, status__in=BEGUN)
    ties = ties.exclude(partner__kind__in=OUTSIDE_COMMUNITY)
    contacts = _last_contacts(began, today)
    found = []
    for tie in ties.only("pk", "home_id", "arranged_by"):
        starts_on = began[tie.home_id]
        told = hand_over(contacts[tie.pk], starts_on=starts_on, on=today)
        theirs = Arranger.CHAMPION in (tie.arranged_by, *told.arranged)
        if theirs and not told.is_held:
            found.append(Fact(Kind.HAND_OVER, tie.home_id, tie.pk, starts_on, tie_id=tie.pk))
    return found


def _last_contacts(homes: Homes, today: dt.date) -> dict[int, list[tuple[str, int]]]:
    """Return of each tie who arranged the last rows of its log, and how often, newest first."""
    place = Window(
        RowNumber(),
        partition_by=F("partnership"),
        order_by=[F("counted_on").desc(), F("pk").desc()],
    )
    rows: Any = Connection.objects.standing().exclude(source=LogSource.RECALL).with_day()
    rows = rows.filter(home__in=homes, counted_on__lte=today)
    last = rows.annotate(place=place).filter(place__lte=LAST_CONTACTS).order_by("place")
    contacts: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for tie, by, times in last.values_list("partnership", "arranged_by", "occurrences"):
        contacts[tie].append((by, times))
    return contacts


SOURCES: Final[dict[Callable[[Homes, dt.date], list[Fact]], tuple[Kind, ...]]] = {
    asked: (Kind.FOLLOW_UP, Kind.INVITATION),
    noted: (Kind.QUICK,),
    running_out: (Kind.MATCH,),
    quiet: (Kind.QUIET,),
    wished: (Kind.WISH,),
    to_hand_over: (Kind.HAND_OVER,),
}
"""What looks for which kinds; all kinds of one source ask for the same permission."""
