"""Whom somebody may find: active volunteers of 18 or over, by their rough place alone."""

from typing import Final

from django.contrib.gis.geos import Point
from django.contrib.gis.measure import D
from django.db.models import F, Q
from django.utils import timezone

from fans.people.permissions import Reach, homes_in_reach
from fans.people.volunteers.models import AgeBand, Stage, Travel, Volunteer
from fans.people.volunteers.models.volunteer import VolunteerQuerySet

MOST_HOMES: Final = 50
"""Of somebody with more homes than these, those beyond are not asked for."""


def found_by(reach: Reach) -> VolunteerQuerySet:
    """Return whom somebody with this reach finds, with ``cleared``.

    Those whose rough place lies in an area of theirs, or near enough to a home of theirs
    that the volunteer would travel so far. The young are introduced by their lead alone.
    """
    found = Volunteer.objects.filter(stage=Stage.ACTIVE, age_band=AgeBand.ADULT)
    found = found.select_related("person").with_cleared(timezone.localdate())
    if reach.everywhere:
        return found
    near = Q(pk__in=Volunteer.objects.in_areas(reach.area_ids).values("pk"))
    if reach.home_ids:
        near |= _would_come_to(reach)
    return found.filter(near)


def _would_come_to(reach: Reach) -> Q:
    homes = homes_in_reach(reach).filter(location__isnull=False).order_by("pk")
    found = Q(pk__in=[])
    for location in homes.values_list("location", flat=True)[:MOST_HOMES]:
        found |= would_come_to(location)
    return found


def would_come_to(place: Point) -> Q:
    """Match volunteers who would travel as far as ``place``."""
    # The widest circle walks the index; how far each would go is asked of those inside.
    around = Q(location__dwithin=(place, D(m=max(Travel.values))))
    return around & Q(travel_m__gt=0, location__dwithin=(place, F("travel_m")))
