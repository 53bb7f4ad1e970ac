"""What a volunteer's own page shows: homes near, their hours, whom to ask."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.gis.geos import Point
from django.db.models import Count, F, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from fans.people.models import Membership, Person, Role
from fans.people.volunteers.models import HoursEntry, Volunteer
from geo.models import Area
from homes.models import SMALL_HOME_BEDS, Home, HomeQuerySet

NEAR_AT_MOST: Final = 3
A_SHORT_WALK_M: Final = 1_200
METRES_A_MILE: Final = 1_609.344
_IN_PERSON: Final = (HoursEntry.What.VISIT, HoursEntry.What.OUTING)


@dataclass(frozen=True)
class NearHome:
    """A home near somebody's rough place, and how far in words."""

    home: Home
    distance: str


@dataclass(frozen=True)
class Month:
    """Hours of one month: minutes of each person of a group count."""

    first_day: dt.date
    minutes: int


@dataclass(frozen=True)
class Certificate:
    """What somebody gave in a time: for them to show to whomever they like."""

    name: str  # as they signed up
    group_name: str  # of the group they lead; "" of whoever comes alone
    minutes: int  # of each person of a group
    visits_count: int  # visits and outings
    homes: list[str]  # by name; houses of fewer than seven beds are counted only
    homes_count: int
    from_on: dt.date | None  # the first day in that time; None without any
    until_on: dt.date | None  # the last one

    @property
    def hours(self) -> float:
        """Return the hours, in quarters of an hour rounded down."""
        return self.minutes // 15 / 4


def homes_near(point: Point | None, travel_m: int) -> list[NearHome]:
    """Return up to three homes that somebody would go to, the nearest first.

    Distances are from the middle of a rough area, so they are words, in miles. Houses of
    fewer than seven beds are nobody's to find by name.
    """
    if point is None or not travel_m:
        return []
    homes = reachable_homes(point, travel_m).with_distance(from_=point)
    found: Any = homes.nearest_first(to=point)[:NEAR_AT_MOST]  # each with its distance
    return [NearHome(home, rough_miles(home.distance.m)) for home in found]


def reachable_homes(point: Point, travel_m: int) -> HomeQuerySet:
    """Return the registered homes within ``travel_m`` metres, small houses left out."""
    not_small = Q(beds__isnull=True) | Q(beds__gte=SMALL_HOME_BEDS)
    homes = Home.objects.registered().within(travel_m, of=point)
    return homes.with_beds().filter(not_small)


def hours_of(volunteer: Volunteer) -> QuerySet[HoursEntry]:
    """Return what somebody logged and did not take back, the latest day first."""
    return volunteer.hours.filter(undone_at__isnull=True).select_related("home")


def hours_by_month(volunteer: Volunteer) -> list[Month]:
    """Return somebody's hours by month, the latest first."""
    months = hours_of(volunteer).annotate(month=TruncMonth("day")).order_by("-month")
    sums = months.values("month").annotate(total=Sum(F("minutes") * F("people_count")))
    return [Month(row["month"], row["total"]) for row in sums]


def certificate_of(
    volunteer: Volunteer, *, since: dt.date | None = None, until: dt.date | None = None
) -> Certificate:
    """Return what somebody gave from ``since`` to ``until``, both days counted.

    Without a day, all from the beginning or up to now. What was taken back, or is of a day
    to come, does not count.
    """
    today = timezone.localdate()
    rows = hours_of(volunteer).filter(day__lte=min(until or today, today))
    if since is not None:
        rows = rows.filter(day__gte=since)
    told = rows.order_by().aggregate(
        minutes=Sum(F("minutes") * F("people_count")),
        visits=Count("pk", filter=Q(what__in=_IN_PERSON)),
        first=Min("day"),
        last=Max("day"),
    )
    served = Home.objects.filter(pk__in=rows.order_by().values("home"))
    homes: Any = served.with_beds().order_by("name", "pk")  # each with its beds
    shown = [home.name for home in homes if home.beds is None or home.beds >= SMALL_HOME_BEDS]
    return Certificate(
        name=volunteer.person.name,
        group_name=volunteer.group_name,
        minutes=told["minutes"] or 0,
        visits_count=told["visits"],
        homes=shown,
        homes_count=len(homes),
        from_on=told["first"],
        until_on=told["last"],
    )


def leads_of(volunteer: Volunteer) -> list[Person]:
    """Return the volunteer leads of the area somebody lives in, by name."""
    if volunteer.location is None:
        return []
    around = Area.objects.filter(boundary__intersects=volunteer.location)
    held = Membership.objects.on(timezone.localdate()).filter(
        role=Role.VOLUNTEER_LEAD, area__in=around, person__is_active=True
    )
    people = Person.objects.filter(pk__in=held.values("person"))
    return list(people.order_by("name", "pk")[:NEAR_AT_MOST])


def rough_miles(metres: float) -> str:
    """Say a distance as volunteers are told it: in miles, as roughly as it is known."""
    if metres <= A_SHORT_WALK_M:
        return "A short walk"
    miles = max(1, round(metres / METRES_A_MILE))
    return "About a mile" if miles == 1 else f"About {miles} miles"
