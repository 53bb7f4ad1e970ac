"""Where the demo stands: Trafford's own postcodes, and neighbourhoods around their sectors."""

import math
from dataclasses import dataclass
from typing import Final, Self, cast

from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Point
from django.core.management import call_command
from django.db import connection
from django.db.models import QuerySet

from geo.models import Area, AreaKind, Located, Place, Postcode
from geo.srid import WGS84

TRAFFORD: Final = "Trafford"
OUTCODES: Final = ("M16", "M17", "M31", "M32", "M33", "M41", "WA13", "WA14", "WA15")
AREA_SOURCE: Final = "demo"
# Sectors with fewer postcodes are corners of a neighbour's; they get no cell of their own.
SECTOR_POSTCODES: Final = 60

_SECTORS = """
SELECT left(p.code, length(p.code) - 2), count(*),
       ST_X(ST_Centroid(ST_Collect(p.location::geometry))),
       ST_Y(ST_Centroid(ST_Collect(p.location::geometry)))
  FROM geo_postcode p
 WHERE p.code = ANY (%s)
 GROUP BY 1 HAVING count(*) >= %s ORDER BY 1
"""
_CELLS = """
WITH sites AS (
  SELECT * FROM unnest(%s::text[], %s::float[], %s::float[]) AS s(code, lon, lat)
), cells AS (
  SELECT (ST_Dump(ST_VoronoiPolygons(
           ST_Collect(ST_MakePoint(lon, lat)), 0, ST_Envelope(%s::geometry)))).geom
    FROM sites
)
SELECT s.code, s.lon, s.lat, ST_AsEWKB(ST_Multi(ST_CollectionExtract(
         ST_Intersection(ST_SetSRID(c.geom, 4326), %s::geometry), 3)))
  FROM cells c JOIN sites s ON ST_Covers(c.geom, ST_MakePoint(s.lon, s.lat))
 ORDER BY s.code
"""


@dataclass(frozen=True)
class Spot:
    """One real postcode and its point (lon, lat)."""

    code: str
    lon: float
    lat: float

    @classmethod
    def of(cls, row: Located) -> Self:
        """Return where a located row lies; it must have a place."""
        if row.location is None:
            raise ValueError(f"{row} has no place.")
        return cls("", row.location.x, row.location.y)

    def metres_to(self, other: "Spot") -> float:
        """Return the distance, good to a metre or two over a few kilometres."""
        north = (other.lat - self.lat) * 111_320
        east = (other.lon - self.lon) * 111_320 * math.cos(math.radians(self.lat))
        return math.hypot(north, east)

    def written(self) -> str:
        """Return the postcode with its space."""
        return f"{self.code[:-3]} {self.code[-3:]}"

    def point(self, *, east_m: float = 0, north_m: float = 0) -> Point:
        """Return its point (SRID 4326), moved by some metres."""
        lon = self.lon + east_m / (111_320 * math.cos(math.radians(self.lat)))
        return Point(lon, self.lat + north_m / 111_320, srid=WGS84)


def ensure_ground() -> None:
    """Load the outlines, and only the demo's own postcodes, where they are missing."""
    if not Postcode.objects.filter(code__startswith="M33").exists():
        call_command("load_postcodes", only=",".join(OUTCODES))
    if not _outlines().exists():  # after the postcodes: it notes their authorities' codes
        call_command("load_ground")


def trafford() -> Area:
    """Return the outline that the demo lies in."""
    return _outlines().earliest("pk")


def _outlines() -> QuerySet[Area]:
    """Find Trafford; an operator's own boundary may stand beside the project's."""
    return Area.objects.filter(kind=AreaKind.LOCAL_AUTHORITY, name=TRAFFORD)


def spots(area: Area) -> list[Spot]:
    """Return the area's postcodes in the demo's districts, in the order of their codes."""
    query = """
        SELECT p.code, ST_X(p.location::geometry), ST_Y(p.location::geometry)
          FROM geo_postcode p, geo_area a
         WHERE a.id = %s AND left(p.code, length(p.code) - 3) = ANY (%s)
           AND ST_Covers(a.boundary, p.location::geometry)
         ORDER BY p.code
    """
    with connection.cursor() as cursor:
        cursor.execute(query, [area.pk, list(OUTCODES)])
        return [Spot(*row) for row in cursor.fetchall()]


def make_neighbourhoods(area: Area, among: list[Spot]) -> list[Area]:
    """Draw a Voronoi cell around every postcode sector, clipped to the area."""
    with connection.cursor() as cursor:
        cursor.execute(_SECTORS, [[spot.code for spot in among], SECTOR_POSTCODES])
        sites = [(code, lon, lat) for code, _, lon, lat in cursor.fetchall()]
        outline = area.boundary.hexewkb.decode()
        cursor.execute(_CELLS, [*map(list, zip(*sites, strict=True)), outline, outline])
        cells = cursor.fetchall()
    return Area.objects.bulk_create(
        Area(
            name=f"{_place_near(lon, lat)} {code[:-1]} {code[-1]}",
            kind=AreaKind.NEIGHBOURHOOD,
            boundary=cast(MultiPolygon, GEOSGeometry(shape.hex())),
            source=AREA_SOURCE,
            is_demo=True,
        )
        for code, lon, lat, shape in cells
    )


def _place_near(lon: float, lat: float) -> str:
    here = Point(lon, lat, srid=WGS84)
    place = Place.objects.nearest_first(to=here).first()
    return f"{place.name}," if place else "Around"
