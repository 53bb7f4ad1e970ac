"""Spatial queries shared by every model that has a ``location``."""

from typing import Self, TypeVar

from django.contrib.gis.db.models import GeometryField
from django.contrib.gis.db.models.functions import Distance, GeometryDistance
from django.contrib.gis.geos import Point, Polygon
from django.contrib.gis.measure import D
from django.db import models
from django.db.models.functions import Cast

from geo.srid import WGS84

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class LocatedQuerySet(models.QuerySet[M_co]):
    """A queryset whose model has ``location``, a geography point (SRID 4326).

    Points are WGS 84 with x = longitude and y = latitude. Distances are metres
    over the spheroid, as PostGIS measures geography.
    """

    def within(self, metres: float, *, of: Point) -> Self:
        """Keep rows at most ``metres`` from ``of``. Uses the spatial index."""
        return self.filter(location__dwithin=(of, D(m=metres)))

    def with_distance(self, *, from_: Point) -> Self:
        """Annotate each row with ``distance``; read it as ``row.distance.m``."""
        return self.annotate(distance=Distance("location", from_))

    def nearest_first(self, *, to: Point) -> Self:
        """Order by distance from ``to``.

        Only the bare ``<->`` operator walks the index: on PostgreSQL 15 a second
        sort key, or ``ST_Distance`` here, reads and sorts the whole table.
        """
        return self.order_by(GeometryDistance("location", to))

    def in_bbox(self, west: float, south: float, east: float, north: float) -> Self:
        """Keep rows inside the box, its edges included: degrees, in GeoJSON order."""
        box = Polygon.from_bbox((west, south, east, north))
        # The index of a geography holds boxes in space, so it finds a little more; and
        # its edges are great circles, that along the south bulging north by 0.0011 of
        # the width squared. It is asked for enough, and the degrees decide.
        enough = Polygon.from_bbox((west, south - 0.002 * (east - west) ** 2, east, north))
        return (
            self.filter(location__bboverlaps=enough)
            .alias(in_degrees=Cast("location", GeometryField(srid=WGS84)))
            .filter(in_degrees__coveredby=box)
        )
