"""Care homes as the public sees them: small ones by postcode sector only.

A home with fewer than seven beds is somebody's own house. Its name, address, point and
telephone stay inside; what is shown is the middle of its postcode sector, or of its
district where the sector holds few postcodes, and nothing that is asked (a search, a
box, a distance) is answered from what stays inside.
"""

from collections.abc import Iterable
from typing import TypeAlias

from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point
from django.contrib.gis.measure import D
from django.db.models import F, Q

from geo.constraints import UK_BOX
from homes.models import SMALL_HOME_BEDS, Home, HomeQuerySet

Shown: TypeAlias = HomeQuerySet
"""Homes with ``shown_name``, ``shown_at``, ``open_beds``, ``cell`` and ``cell_kind``."""

# Not the opposite of "fewer than": where the beds are unknown, that would be unknown too.
_IS_SHOWN_IN_FULL = Q(open_beds__gte=SMALL_HOME_BEDS) | Q(open_beds__isnull=True)


def shown_homes(homes: HomeQuerySet | None = None) -> Shown:
    """Return registered homes; their ``shown_name`` and ``shown_at`` are safe for anybody.

    ``cell`` is the sector or district that a small home is shown by. It and ``shown_at``
    are empty where none is known that holds enough postcodes. All are columns, which the
    database's triggers keep in step with registrations and postcodes.
    """
    return (Home.objects.all() if homes is None else homes).registered()


def shown_in(homes: Shown, bbox: Iterable[float]) -> Shown:
    """Keep homes shown inside a box (west, south, east, north in degrees)."""
    west, south, east, north = bbox
    # PostGIS can't span the world with a geography polygon.
    west, south = max(west, UK_BOX[0]), max(south, UK_BOX[1])
    east, north = min(east, UK_BOX[2]), min(north, UK_BOX[3])
    if west >= east or south >= north:
        return homes.none()
    return homes.in_bbox(west, south, east, north, at="shown_at")


def shown_within(homes: Shown, metres: float, *, of: Point) -> Shown:
    """Keep homes shown at most so many metres from a point."""
    return homes.filter(shown_at__dwithin=(of, D(m=metres)))


def nearest_shown(homes: Shown, *, to: Point) -> Shown:
    """Annotate ``distance`` from where homes are shown, and order by it."""
    away = homes.annotate(distance=Distance("shown_at", to))
    return away.order_by(F("distance").asc(nulls_last=True), "pk")


def shown_matching(homes: Shown, words: str) -> Shown:
    """Keep homes in whose name, address, authority or postcode every word occurs.

    Of a small home only the cell it is shown by and its authority are looked at.
    """
    for word in words.split():
        public = Q(shown_name__icontains=word) | Q(local_authority__icontains=word)
        inside = Q(address__icontains=word) | Q(postcode__icontains=word)
        homes = homes.filter(public | (_IS_SHOWN_IN_FULL & inside))
    return homes


def is_small(home: Home) -> bool:
    """Say whether a home, as returned by ``shown_homes``, is shown by a postcode cell only."""
    return home.open_beds is not None and home.open_beds < SMALL_HOME_BEDS
