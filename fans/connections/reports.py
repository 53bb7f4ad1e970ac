"""What other rooms show of ties and log: reads that cost a fixed number of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from assets.models import Asset, OpenState, Visibility
from fans.connections.models import (
    OUTSIDE_COMMUNITY,
    Connection,
    LogSource,
    PartnerKind,
    Partnership,
    PartnershipStatus,
)
from fans.connections.rhythm import is_going_quiet, usual_gap_days
from homes.models import SMALL_HOME_BEDS, Home, Registration

NAMED_IN_PUBLIC: Final = (
    PartnershipStatus.AGREED,
    PartnershipStatus.ACTIVE,
    PartnershipStatus.QUIET,
)
"""Ties that may be named outside: not mere ideas, and never declined or ended ones."""

SHOWN_OUTSIDE: Final = (PartnerKind.ASSET, PartnerKind.GROUP)
"""Kinds of partner that may be named outside: never a private person."""


@dataclass(frozen=True)
class Tie:
    """A tie of a home, and how alive it is."""

    partnership: Partnership  # with its partner, and the partner's asset
    times: int  # how often they met, in person or not
    last_on: dt.date | None
    usual_gap_days: float
    going_quiet: bool
    directions: tuple[str, ...]  # the ways it goes, in the order of Direction
    both_give: bool  # over all that was logged, each side gave something
    counts: bool  # as community: not a resident's family, no professional at work


@dataclass(frozen=True)
class MonthCounts:
    """What a home logged with its community in one month."""

    times: int  # occurrences
    rows: int
    partners: int


@dataclass(frozen=True)
class _Contact:
    """One row of the log as far as a tie's life goes."""

    day: dt.date
    times: int
    direction: str
    home_gave: bool
    partner_gave: bool


def recent_connections(home: Home, *, limit: int = 8) -> list[Connection]:
    """Return what happened last, newest first, each with its partner. One query."""
    rows = home.connections.standing().select_related("partnership__partner__asset")
    return list(rows[:limit])


def ties_of(home: Home, *, on: dt.date | None = None) -> list[Tie]:
    """Return every tie of a home, the one met last first. Two queries.

    What is from memory counts for a tie only until something with it is logged, so
    that nothing counts twice. ``on`` is the day that "going quiet" is asked for: today.
    """
    return _ties(home, list(_oldest_first(home)), on or timezone.localdate())


def ties_and_recent(home: Home, *, limit: int = 8) -> tuple[list[Tie], list[Connection]]:
    """Return what ``ties_of`` and ``recent_connections`` do, in two queries for both."""
    rows = list(_oldest_first(home))
    ties = _ties(home, rows, timezone.localdate())
    with_partner = {tie.partnership.pk: tie.partnership for tie in ties}
    recent = rows[::-1][:limit]
    for row in recent:
        row.partnership = with_partner[row.partnership_id]
    return ties, recent


def _oldest_first(home: Home) -> QuerySet[Connection]:
    return home.connections.standing().order_by("happened_on", "pk")


def _ties(home: Home, rows: Iterable[Connection], on: dt.date) -> list[Tie]:
    contacts = _contacts(rows)
    partnerships = home.partnerships.select_related("partner__asset")
    ties = [_tie(partnership, contacts[partnership.pk], on) for partnership in partnerships]
    return sorted(ties, key=lambda tie: tie.last_on or dt.date.min, reverse=True)


def _contacts(rows: Iterable[Connection]) -> dict[int, list[_Contact]]:
    logged: dict[int, list[_Contact]] = defaultdict(list)
    recalled: dict[int, list[_Contact]] = defaultdict(list)
    for row in rows:
        kept = recalled if row.source == LogSource.RECALL else logged
        kept[row.partnership_id].append(
            _Contact(
                row.counted_day,
                row.occurrences,
                row.direction,
                bool(row.home_gives),
                bool(row.partner_gives),
            )
        )
    return defaultdict(list, recalled | logged)


def _tie(partnership: Partnership, contacts: list[_Contact], on: dt.date) -> Tie:
    days = [contact.day for contact in contacts]
    return Tie(
        partnership=partnership,
        times=sum(contact.times for contact in contacts),
        last_on=max(days, default=None),
        usual_gap_days=usual_gap_days(days),
        going_quiet=not partnership.is_over and is_going_quiet(days, on=on),
        directions=_in_order(contact.direction for contact in contacts),
        both_give=any(contact.home_gave for contact in contacts)
        and any(contact.partner_gave for contact in contacts),
        counts=partnership.partner.kind not in OUTSIDE_COMMUNITY,
    )


def _in_order(directions: Iterable[str]) -> tuple[str, ...]:
    used = set(directions)
    return tuple(value for value in ("in", "out", "online", "letter") if value in used)


def ties_named_in_public(
    *, home: Home | None = None, asset: Asset | None = None
) -> list[Partnership]:
    """Return the ties of a home, or of an asset, that the public may read of. One query.

    Both sides have said yes to being named, the tie stands, and the partner is a group
    or a place that the public can see: never a private person, never a declined tie.
    A home under 7 beds is somebody's own house, and is not named through its ties.
    """
    asset_is_public = Q(
        partner__asset__visibility=Visibility.PUBLISHED, partner__asset__state=OpenState.OPEN
    )
    ties = Partnership.objects.filter(
        asset_is_public | Q(partner__asset__isnull=True),
        status__in=NAMED_IN_PUBLIC,
        home_named_ok=True,
        partner_named_ok=True,
        partner__kind__in=SHOWN_OUTSIDE,
    ).exclude(home__in=_small_homes())
    if home is not None:
        ties = ties.filter(home=home)
    if asset is not None:
        ties = ties.filter(partner__asset=asset)
    return list(ties.select_related("home", "partner__asset").order_by("home__name", "pk"))


def _small_homes() -> QuerySet[Any, Any]:
    by_home = Registration.objects.filter(until__isnull=True).values("home")
    return by_home.annotate(total=Sum("beds")).filter(total__lt=SMALL_HOME_BEDS).values("home")


def month_counts(home: Home, month: dt.date) -> MonthCounts:
    """Count what was logged for the month that ``month`` lies in. One query.

    Rows count on their day, or on a period's last day; what is from memory, a
    resident's own family and professionals at work do not count.
    """
    rows = home.connections.standing().community().in_month(month)
    found = rows.exclude(source=LogSource.RECALL).aggregate(
        times=Sum("occurrences"),
        rows=Count("pk"),
        partners=Count("partnership", distinct=True),
    )
    return MonthCounts(found["times"] or 0, found["rows"], found["partners"])
