"""Which volunteers could come to a home, and which homes somebody could go to.

By the rough place of the volunteer alone: their exact one is kept nowhere.
"""

import datetime as dt
from typing import Final

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from fans.connections.matches.models import OPEN, Match, MatchStatus, Reason
from fans.people.permissions import Reach
from fans.people.volunteers.finding import found_by, would_come_to
from fans.people.volunteers.models import Stage, Travel, Volunteer
from fans.people.volunteers.models.volunteer import VolunteerQuerySet
from fans.people.volunteers.reports import reachable_homes
from homes.models import Home, HomeQuerySet

FIND: Final = "volunteers.find"
LOOKED_AT: Final = 100
"""So many of the nearest are looked at; beyond, somebody is too far to be a neighbour."""

HOMES_LOOKED_AT: Final = 30
ASKED_AGAIN_AFTER: Final = dt.timedelta(days=90)
"""After "not now", and after a match that ended, two are suggested to each other again."""

FURTHEST_M: Final = max(Travel.values)
"""Whoever comes from further, or writes from further, is no neighbour."""

_MAY_COME_BACK: Final = (Reason.NOT_NOW, Reason.WITHDRAWN, Reason.TIMES)


def volunteers_near(home: Home, reach: Reach) -> VolunteerQuerySet:
    """Return active volunteers of 18 or over who would come to a home, the nearest first.

    Of those whom somebody with this reach finds. Whoever has a match with the home, or was
    said no to for good, is left out. With ``cleared`` and ``distance``.
    """
    if home.location is None:
        return Volunteer.objects.none()
    around = found_by(reach).within(FURTHEST_M, of=home.location)
    writes = Q(travel_m=Travel.NOWHERE)
    found = around.filter(writes | would_come_to(home.location))
    found = found.exclude(_answered(home=home.pk))
    return found.with_distance(from_=home.location).nearest_first(to=home.location)


def homes_for(volunteer: Volunteer) -> HomeQuerySet:
    """Return the homes that a volunteer could go to, the nearest first; with ``distance``.

    Houses of fewer than seven beds are nobody's to find by name. Whoever goes nowhere
    finds none: their lead brings them together with a home.
    """
    if volunteer.location is None or not volunteer.travel_m or volunteer.is_young:
        return Home.objects.none()
    homes = reachable_homes(volunteer.location, volunteer.travel_m)
    homes = homes.exclude(_answered(volunteer=volunteer.pk))
    return homes.with_distance(from_=volunteer.location).nearest_first(to=volunteer.location)


def is_active(volunteer: Volunteer) -> bool:
    """Say whether a volunteer has come so far that they visit."""
    return volunteer.stage == Stage.ACTIVE


def _answered(*, home: int | None = None, volunteer: int | None = None) -> Exists:
    """Match rows that have a match, or had one of late; the other side is the outer row."""
    of_two = Match.objects.filter(home_id=home if home is not None else OuterRef("pk"))
    of_two = of_two.filter(volunteer_id=volunteer if volunteer is not None else OuterRef("pk"))
    since = timezone.now() - ASKED_AGAIN_AFTER
    again = Q(status=MatchStatus.ENDED) | Q(reason__in=_MAY_COME_BACK)
    lasting = Q(status__in=OPEN) | ~again | (Q(changed_at__gte=since) & again)
    return Exists(of_two.filter(lasting & ~Q(reason=Reason.WITHDRAWN)))
