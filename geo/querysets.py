"""Spatial queries shared by every model that has a ``location``."""

from typing import Any, Self, TypeVar

from django.contrib.gis.db.models.functions import Distance, GeometryDistance
from django.contrib.gis.geos import Point, Polygon
from django.contrib.gis.measure import D
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class _InDegrees(models.Func):
    """Whether a geography point lies between degrees, the edges included.

    Said by what is not so, and without a polygon: the planner takes what lies between
    two values of an expression for rare and polygons for dear, and would rather read and
    sort every row than walk the index from the nearest.
    """

    output_field = models.BooleanField()

    def __init__(
        self, field: str, west: float, east: float, south: float, north: float
    ) -> None:
        self.edges = [west, east, south, north]
        super().__init__(models.F(field))

    def as_sql(  # type: ignore[override] # the edges are numbers
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any
    ) -> tuple[str, list[float]]:
        """Write the condition; a place is written four times, its edges are parameters."""
        column, params = compiler.compile(self.source_expressions[0])
        assert not params  # noqa: S101 - a column has none
        lon, lat = (f"{axis}({column}::geometry)" for axis in ("ST_X", "ST_Y"))
        return (
            f"({lon} < %s OR {lon} > %s OR {lat} < %s OR {lat} > %s) IS FALSE",
            self.edges,
        )


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

    def in_bbox(
        self, west: float, south: float, east: float, north: float, *, at: str = "location"
    ) -> Self:
        """Keep rows inside the box, its edges included: degrees, in GeoJSON order.

        ``at``: the column that is looked at, a geography point.
        """
        # The index of a geography holds boxes in space, so it finds a little more; and
        # its edges are great circles, that along the south bulging north by 0.0011 of
        # the width squared. It is asked for enough, and the degrees decide.
        enough = Polygon.from_bbox((west, south - 0.002 * (east - west) ** 2, east, north))
        inside = _InDegrees(at, west, east, south, north)
        return self.filter(**{f"{at}__bboverlaps": enough}).filter(inside)
