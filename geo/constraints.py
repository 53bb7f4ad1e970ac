"""Database constraints shared by every model that has a ``location``."""

from typing import Final

from django.contrib.gis.geos import Polygon
from django.db.models import CheckConstraint, Q

UK_BOX: Final = (-9.0, 49.8, 2.1, 61.0)
"""West, south, east, north in degrees: all of the UK, and never a swapped pair."""

# The edges of a geography are great circles, and the one along the south bulges north by
# 0.13 degrees: the corners stand lower, or the Isles of Scilly would lie outside.
# No SRID on purpose: GeoDjango supplies the field's. A polygon that carries one
# never equals the copy in the migration, and makemigrations would never settle.
UK_EXTENT: Final = Polygon.from_bbox((UK_BOX[0], UK_BOX[1] - 0.15, *UK_BOX[2:]))


def in_uk(lon: float, lat: float) -> bool:
    """Say whether a point in degrees lies in ``UK_BOX``; what does, the database takes."""
    west, south, east, north = UK_BOX
    return west <= lon <= east and south <= lat <= north


def location_in_uk() -> CheckConstraint:
    """Refuse points outside the UK, which is what swapped lon/lat looks like.

    A row without a location passes: whether one is needed is another rule.
    """
    return CheckConstraint(
        condition=Q(location__coveredby=UK_EXTENT) | Q(location__isnull=True),
        name="%(app_label)s_%(class)s_location_in_uk",
        violation_error_message="Outside the UK: are longitude and latitude swapped?",
    )


def location_complete() -> CheckConstraint:
    """Tie a location to how precise it is and how it was obtained."""
    return CheckConstraint(
        condition=Q(location__isnull=True, location_precision="", location_source="")
        | (Q(location__isnull=False) & ~Q(location_precision="") & ~Q(location_source="")),
        name="%(app_label)s_%(class)s_location_complete",
        violation_error_message="A location needs its precision and its source.",
    )
