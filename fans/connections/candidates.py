"""Whom a home may log something with: its ties, and the places near it."""

import datetime as dt
import re
from typing import Any, Final, TypeAlias

from django.db.models import Max, Q, QuerySet

from assets import categories
from assets.models import Asset, AssetQuerySet
from assets.standing import stands_for
from assets.twins import following
from fans.connections.models import OVER, Connection, ConnectionQuerySet, Partnership
from fans.people.models import Person
from fans.people.permissions import reach_of
from homes.models import Home

Candidate: TypeAlias = Partnership | Asset

NEAREST: Final = 30
FOUND: Final = 10
SAME_AGAIN: Final = 3

_VALUE: Final = re.compile(r"(tie|place):([0-9]{1,18})")


def value_of(candidate: Candidate) -> str:
    """Name a candidate in a form: ``tie:12`` or ``place:34``."""
    kind = "tie" if isinstance(candidate, Partnership) else "place"
    return f"{kind}:{candidate.pk}"


def candidate_of(value: str, *, home: Home, person: Person) -> Candidate | None:
    """Return the candidate that a form's value names, if this home may choose it.

    What has become part of another since the form was opened is followed there.
    """
    match = _VALUE.fullmatch(value)
    if match is None:
        return None
    kind, pk = match[1], int(match[2])
    if kind == "tie":
        return _tie(pk, home)
    return places_for(person).filter(pk=stands_for(pk)).first()


def _tie(pk: int, home: Home) -> Partnership | None:
    ties = standing_ties(home)
    if (tie := ties.filter(pk=pk).first()) is not None:
        return tie
    try:
        return ties.filter(pk=following.stands_for(Partnership, pk)).first()
    except Partnership.DoesNotExist:
        return None


def standing_ties(home: Home) -> QuerySet[Partnership]:
    """Return the home's ties that are not over, those by name with their partners."""
    return home.partnerships.exclude(status__in=OVER).select_related("partner__asset")


def places_for(person: Person) -> AssetQuerySet:
    """Return the places this person may log with: public ones, and drafts they may see."""
    reach = reach_of(person, "assets.view_draft")
    seen = Asset.objects.visible_to(
        everywhere=reach.everywhere, area_ids=reach.area_ids, added_by=person.pk
    )
    return seen.exclude(category=categories.TRANSPORT_ACCESS)


def places_near(home: Home) -> list[Asset]:
    """Return the public places nearest to the home that it has no tie with."""
    if home.location is None:
        return []
    public = Asset.objects.published().exclude(category=categories.TRANSPORT_ACCESS)
    untied = public.exclude(partner__partnerships__home=home).filter(location__isnull=False)
    return list(untied.nearest_first(to=home.location)[:NEAREST])


def places_called(text: str, *, home: Home, person: Person) -> list[Asset]:
    """Return places that hold every word of ``text``, the nearest to the home first."""
    rows = places_for(person).matching(text)
    if home.location is not None:
        rows = rows.nearest_first(to=home.location)
    return list(rows[:FOUND])


def who_choices(home: Home) -> list[Any]:
    """Return a home's ties, the last met first, then the places near it, the nearest first."""
    groups = [
        (
            "Your ties, the last met first",
            [(value_of(tie), str(tie.partner)) for tie in ties_last_met_first(home)],
        ),
        (
            "Places near you, the nearest first",
            [(value_of(place), place.name) for place in places_near(home)],
        ),
    ]
    return [("", "Choose"), *[group for group in groups if group[1]]]


def ties_last_met_first(home: Home) -> list[Partnership]:
    """Return a home's standing ties, the last met first; those never met by name."""
    ties = standing_ties(home).annotate(
        last_on=Max("connections__happened_on", filter=Q(connections__undone_at=None))
    )
    by_name: list[Any] = sorted(ties, key=lambda tie: str(tie.partner).casefold())
    return sorted(by_name, key=lambda tie: tie.last_on or dt.date.min, reverse=True)


def same_again(home: Home) -> list[Connection]:
    """Return the last connection with each of the partners met last, newest first."""
    rows = repeatable(home).order_by("partnership_id", "-happened_on", "-pk")
    last = rows.distinct("partnership_id")
    return sorted(last, key=lambda row: (row.happened_on, row.pk), reverse=True)[:SAME_AGAIN]


def repeatable(home: Home) -> ConnectionQuerySet:
    """Return standing rows of ties that are not over, each with its partner."""
    rows = home.connections.standing().exclude(partnership__status__in=OVER)
    return rows.select_related("partnership__partner__asset")
