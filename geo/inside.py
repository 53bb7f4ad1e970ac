"""Whether a row's point lies in an area: one condition for every list and every room."""

from collections.abc import Iterable

from django.contrib.gis.db.models import GeometryField
from django.db.models import Exists, OuterRef
from django.db.models.functions import Cast

from geo.models import Area
from geo.srid import WGS84


def inside_areas(area_ids: Iterable[int], *, column: str = "location") -> Exists:
    """Return the condition that a row's point lies in one of the areas named.

    ``column``: a geography point (SRID 4326) of the row, or of what it points at.
    """
    # Boundaries are planar, points geography: PostGIS wants them alike.
    point = Cast(OuterRef(column), GeometryField(srid=WGS84))
    return Exists(Area.objects.filter(pk__in=list(area_ids), boundary__intersects=point))
