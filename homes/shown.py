"""Care homes as the public sees them: small ones by postcode sector only.

A home with fewer than seven beds is somebody's own house. Its name, address, point and
telephone stay inside; what is shown is the middle of its postcode sector, or of its
district where the sector holds few postcodes, and nothing that is asked (a search, a
box, a distance) is answered from what stays inside.
"""

from collections.abc import Iterable
from typing import Any, TypeAlias

from django.contrib.gis.db.models import GeometryField, PointField
from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Point, Polygon
from django.contrib.gis.measure import D
from django.db.models import (
    Case,
    CharField,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat, Left, Length

from geo.constraints import UK_BOX
from geo.masking import LEAST_POSTCODES
from geo.models import PostcodeCell
from geo.querysets import LocatedQuerySet
from geo.srid import WGS84
from homes.models import SMALL_HOME_BEDS, Home, HomeQuerySet, Registration

Shown: TypeAlias = LocatedQuerySet[Any]
"""Homes with ``shown_name``, ``shown_at``, ``open_beds``, ``cell`` and ``cell_kind``."""

FARTHEST_CELL_DEGREES = 1.0
"""No home lies farther than this from the middle of its district, even in Shetland."""

_IS_SMALL = Q(open_beds__lt=SMALL_HOME_BEDS)
# Not ~_IS_SMALL: where the beds are unknown, that would be unknown too.
_IS_SHOWN_IN_FULL = Q(open_beds__gte=SMALL_HOME_BEDS) | Q(open_beds__isnull=True)


def shown_homes(homes: HomeQuerySet | None = None) -> Shown:
    """Return registered homes with ``shown_name`` and ``shown_at``, safe for anybody.

    ``cell`` is the sector or district that a small home is shown by. It and ``shown_at``
    are empty where none is known that holds enough postcodes.
    """
    open_registrations = Registration.objects.filter(home=OuterRef("pk"), until__isnull=True)
    beds = open_registrations.values("home").annotate(total=Sum("beds")).values("total")
    cells = PostcodeCell.objects.filter(
        code__in=[OuterRef("sector"), OuterRef("outcode")], postcodes_count__gte=LEAST_POSTCODES
    ).order_by("-kind")  # the sector comes before the outcode
    registered: Shown = (Home.objects.all() if homes is None else homes).registered()
    placed = registered.alias(
        sector=Left("postcode", Length("postcode") - 2),
        outcode=Left("postcode", Length("postcode") - 4),
    ).annotate(
        open_beds=Subquery(beds, output_field=IntegerField()),
        cell=Subquery(cells.values("code")[:1]),
        cell_kind=Subquery(cells.values("kind")[:1]),
    )
    return placed.annotate(
        shown_name=Case(
            When(_IS_SMALL & Q(cell__isnull=True), then=Value("Small home")),
            When(_IS_SMALL, then=Concat(Value("Small home in "), "cell")),
            default=F("name"),
            output_field=CharField(),
        ),
        shown_at=Case(
            When(_IS_SMALL, then=Subquery(cells.values("location")[:1])),
            default=F("location"),
            output_field=PointField(geography=True),
        ),
    )


def shown_in(homes: Shown, bbox: Iterable[float]) -> Shown:
    """Keep homes shown inside a box (west, south, east, north in degrees)."""
    west, south, east, north = bbox
    # PostGIS can't span the world with a geography polygon.
    west, south = max(west, UK_BOX[0]), max(south, UK_BOX[1])
    east, north = min(east, UK_BOX[2]), min(north, UK_BOX[3])
    if west >= east or south >= north:
        return homes.none()
    slack = FARTHEST_CELL_DEGREES
    # The stored point has an index; the one that is shown has none.
    near = homes.in_bbox(west - slack, south - slack, east + slack, north + slack)
    return near.alias(shown_degrees=Cast("shown_at", GeometryField(srid=WGS84))).filter(
        shown_degrees__coveredby=Polygon.from_bbox((west, south, east, north))
    )


def shown_within(homes: Shown, metres: float, *, of: Point) -> Shown:
    """Keep homes shown at most so many metres from a point."""
    slack_m = FARTHEST_CELL_DEGREES * 111_000
    near = homes.within(metres + slack_m, of=of)  # uses the index
    return near.filter(shown_at__distance_lte=(of, D(m=metres)))


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
    beds: int | None = getattr(home, "open_beds", None)
    return beds is not None and beds < SMALL_HOME_BEDS
