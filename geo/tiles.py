"""Vector tiles from querysets: points by themselves, or counted in cells.

What a tile shows is decided by the queryset that is handed in; this module only places
it. Coordinates inside a tile run from 0 to 4096, y downwards.
"""

import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.gis.db.backends.postgis.adapter import PostGISAdapter
from django.contrib.gis.geos import Polygon
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

from geo.constraints import UK_BOX
from geo.models import Area, AreaKind, Place, PlaceQuerySet, PostcodeCell, Precision
from geo.srid import WGS84

MAX_ZOOM: Final = 18
EXTENT_BITS: Final = 12
EXTENT: Final = 1 << EXTENT_BITS
WORLD_BITS: Final = 31
"""The web mercator world is reckoned in 2^31 parts from its north-western corner, as
``geo_world_x`` and ``geo_world_y`` of the database do: its leading bits are the tile."""


@dataclass(frozen=True)
class Tile:
    """One tile of the web mercator pyramid. Raises ValueError outside of it."""

    z: int
    x: int
    y: int

    def __post_init__(self) -> None:
        if not 0 <= self.z <= MAX_ZOOM:
            raise ValueError(f"zoom {self.z} is not between 0 and {MAX_ZOOM}")
        if not (0 <= self.x < 2**self.z and 0 <= self.y < 2**self.z):
            raise ValueError(f"zoom {self.z} has no tile {self.x}, {self.y}")

    @property
    def bbox(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        count = 2**self.z
        west, east = (x / count * 360 - 180 for x in (self.x, self.x + 1))
        north, south = (
            math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / count))))
            for y in (self.y, self.y + 1)
        )
        return west, south, east, north


Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

_EWKB_BOX: Final = struct.Struct("<BIIII10d")
_POLYGON_WITH_SRID: Final = 0x20000003

_ANY_BOX: Final = Polygon(
    ((-0.12, 51.3), (0.12, 51.3), (0.12, 51.6), (-0.12, 51.3)), srid=WGS84
)
"""Stands in a statement where a tile's box will."""


@dataclass(frozen=True)
class PointLayer:
    """How a kind of point is drawn: from which zoom by itself, else in how fine cells."""

    name: str
    columns: Mapping[str, str]  # property in the tile -> field of the queryset
    points_from_zoom: int = 13
    most_points: int = 800
    cells: int = 32  # along each side of a tile
    weight: str = ""  # whose sum a cell's ``n`` is; by default the rows are counted


def encode_points(
    rows: QuerySet[Any, Any], tile: Tile, layer: PointLayer, *, location: str = "location"
) -> bytes:
    """Encode the rows whose ``location`` lies in a tile; an empty tile is ``b""``.

    They are read through the rows' own database alias (``rows.using(...)``).
    A row is in exactly one tile of a zoom. Below ``points_from_zoom``, and where more
    than ``most_points`` lie in it, the tile holds cells with ``n``, their count.
    """
    return compile_points(rows, layer, location=location).encode(tile)


@dataclass(frozen=True)
class PointsStatement:
    """The statement for any tile of some rows: written once, since that takes longest."""

    layer: PointLayer
    using: str
    sql: str = ""  # "": there can be no such rows
    before_box: tuple[Any, ...] = ()
    after_box: tuple[Any, ...] = ()

    def encode(self, tile: Tile) -> bytes:
        """Encode one tile, as ``encode_points`` does."""
        part = uk_part(tile.bbox)
        if part is None or not self.sql:
            return b""
        most = self.layer.most_points if tile.z >= self.layer.points_from_zoom else -1
        bits = WORLD_BITS - tile.z
        west, north = tile.x << bits, tile.y << bits
        inside_tile = (west, west + (1 << bits) - 1, north, north + (1 << bits) - 1)
        fine = bits - EXTENT_BITS
        cell = EXTENT // self.layer.cells
        placing = (west, fine, north, fine, *inside_tile, most, cell, cell)
        params = [*self.before_box, GeographyBox(*part), *self.after_box, *placing]
        with connections[self.using].cursor() as cursor:
            cursor.execute(self.sql, params)
            (data,) = cursor.fetchone()
        return bytes(data)


def compile_points(
    rows: QuerySet[Any, Any], layer: PointLayer, *, location: str = "location"
) -> PointsStatement:
    """Write the statement that ``encode_points`` runs, for tiles yet to be named."""
    inside = rows.filter(**{f"{location}__bboverlaps": _ANY_BOX})
    chosen = inside.order_by().values_list(location, *_columns(layer).values())
    query = chosen.query.clone()
    query.subquery = True  # geometry as such, not as the bytes that Python would read
    try:
        sql, params = query.get_compiler(using=rows.db).as_sql()
    except EmptyResultSet:
        return PointsStatement(layer, rows.db)
    marked = PostGISAdapter(_ANY_BOX, geography=True)
    (at,) = (n for n, param in enumerate(params) if _is_same(param, marked))
    written = _points_sql(sql, layer)
    return PointsStatement(layer, rows.db, written, params[:at], params[at + 1 :])


def _is_same(param: Any, marked: PostGISAdapter) -> bool:
    return isinstance(param, PostGISAdapter) and bool(param == marked)


def _columns(layer: PointLayer) -> Mapping[str, str]:
    """Return what is read of each row, the weight first."""
    return {"weight": layer.weight, **layer.columns} if layer.weight else layer.columns


def uk_part(bbox: Box) -> Box | None:
    """Return the part of a box where points can be, a little too large; None if none.

    PostGIS can't span the world with a polygon, and a geography's edges are great
    circles: that along the south bulges north by 0.0011 of the width squared. The
    index is asked for enough, and the tile's own coordinates decide.
    """
    west, south = max(bbox[0], UK_BOX[0]), max(bbox[1], UK_BOX[1])
    east, north = min(bbox[2], UK_BOX[2]), min(bbox[3], UK_BOX[3])
    if west > east or south > north:
        return None
    return west, south - 0.002 * (east - west) ** 2, east, north


def in_uk_box(bbox: Box) -> Polygon | None:
    """Return ``uk_part`` as a polygon."""
    part = uk_part(bbox)
    return Polygon.from_bbox(part) if part else None


class GeographyBox(PostGISAdapter):
    """A box in degrees as PostGIS takes it: written here, since GEOS takes far longer."""

    def __init__(self, west: float, south: float, east: float, north: float) -> None:
        self.is_geometry = self.geography = True
        self.srid = WGS84
        self.ewkb = _EWKB_BOX.pack(
            *(1, _POLYGON_WITH_SRID, WGS84, 1, 5),  # little-endian; one ring of five
            *(west, south, west, north, east, north, east, south, west, south),
        )


def _points_sql(rows_sql: str, layer: PointLayer) -> str:
    """Write the statement. Names in it are the program's own, never a visitor's."""
    names = [connections[DEFAULT_DB_ALIAS].ops.quote_name(name) for name in _columns(layer)]
    listed = "".join(f", {name}" for name in names)
    count = f"sum({names[0]})::int" if layer.weight else "count(*)::int"
    spot = "ST_MakePoint({}, {}) AS geom"
    return f"""
        WITH chosen (place{listed}) AS ({rows_sql}),
        inside AS MATERIALIZED (
            SELECT (x - %s) >> %s AS px, (y - %s) >> %s AS py{listed}
            FROM (
                -- The same whole numbers for every tile of a zoom, so that a point on an
                -- edge is in one of them and not in two. OFFSET: reckoned once.
                SELECT geo_world_x(place) AS x, geo_world_y(place) AS y{listed}
                FROM chosen OFFSET 0
            ) AS spots
            WHERE x BETWEEN %s AND %s AND y BETWEEN %s AND %s
        )
        SELECT CASE WHEN (SELECT count(*) FROM inside) <= %s THEN (
            SELECT ST_AsMVT(feature, '{layer.name}', {EXTENT}, 'geom') FROM (
                SELECT {spot.format("px", "py")}{listed} FROM inside
            ) AS feature
        ) ELSE (
            SELECT ST_AsMVT(feature, '{layer.name}', {EXTENT}, 'geom') FROM (
                SELECT {spot.format("floor(avg(px))", "floor(avg(py))")}, {count} AS n
                FROM inside GROUP BY px / %s, py / %s
            ) AS feature
        ) END
    """  # noqa: S608


_SMALL_KINDS: Final = (AreaKind.WARD, AreaKind.NEIGHBOURHOOD)
_SMALL_KINDS_FROM_ZOOM: Final = 12
_BUFFER: Final = 320
"""How far outlines run on beyond a tile: the map draws a soft coast across its edge."""
ROUGH_SOURCE: Final = "Natural Earth"
"""Whose outlines are right to a kilometre or so: the map draws them as such close by."""
_CITY: Final = 100_000
_LEAST_POPULATION: Final = {5: 60_000, 6: 40_000, 7: 15_000, 8: 8_000, 9: 4_000, 10: 1_000}
"""Whose name may be worth the room at a zoom; below 5 cities, from 11 everybody's.

Of those, the map writes what fits: many in the Highlands, few around London.
"""

PLACE_NAMES: Final = PointLayer(
    "places", {"name": "name", "pop": "population"}, points_from_zoom=0, most_points=2000
)
POSTCODE_NAMES: Final = PointLayer(
    "codes", {"code": "code"}, points_from_zoom=0, most_points=2000
)
_OUTCODES_FROM_ZOOM: Final = 11
_SECTORS_FROM_ZOOM: Final = 13


def encode_areas(tile: Tile, *, using: str = DEFAULT_DB_ALIAS) -> bytes:
    """Encode area outlines (layer ``areas``) and names: ``places``, ``codes``.

    ``codes`` are postcode districts (M33), closer by sectors (M33 2). ``using``: the
    database alias they are read through.
    """
    names = encode_points(_named_places(tile.z).using(using), tile, PLACE_NAMES)
    if tile.z >= _OUTCODES_FROM_ZOOM:
        close = tile.z >= _SECTORS_FROM_ZOOM
        kind = Precision.SECTOR if close else Precision.OUTCODE
        cells = PostcodeCell.objects.using(using).filter(kind=kind)
        names += encode_points(cells, tile, POSTCODE_NAMES)
    return _outlines(tile, using) + names


def _named_places(zoom: int) -> PlaceQuerySet:
    least = _CITY if zoom < min(_LEAST_POPULATION) else _LEAST_POPULATION.get(zoom, 0)
    return Place.objects.filter(population__gte=least)


def _outlines(tile: Tile, using: str) -> bytes:
    areas = Area.objects.filter(
        boundary__bboverlaps=Polygon.from_bbox(_wider(tile.bbox, by=_BUFFER / EXTENT))
    )
    if tile.z < _SMALL_KINDS_FROM_ZOOM:
        areas = areas.exclude(kind__in=_SMALL_KINDS)
    query = areas.order_by().values_list("boundary", "name", "kind", "source").query.clone()
    query.subquery = True
    sql, params = query.get_compiler(using=using).as_sql()
    with connections[using].cursor() as cursor:
        cursor.execute(
            f"""
            WITH chosen (shape, name, kind, source) AS ({sql})
            SELECT ST_AsMVT(feature, 'areas', {EXTENT}, 'geom') FROM (
                SELECT ST_AsMVTGeom(
                    ST_Transform(shape, 3857), ST_TileEnvelope(%s, %s, %s),
                    {EXTENT}, {_BUFFER}, true
                ) AS geom, name, kind, source = %s AS rough
                FROM chosen
            ) AS feature WHERE geom IS NOT NULL
            """,  # noqa: S608
            [*params, tile.z, tile.x, tile.y, ROUGH_SOURCE],
        )
        (data,) = cursor.fetchone()
    return bytes(data)


def _wider(
    bbox: tuple[float, float, float, float], *, by: float
) -> tuple[float, float, float, float]:
    """Return a box grown on each side, so that an outline runs on past the edge."""
    west, south, east, north = bbox
    dx, dy = (east - west) * by, (north - south) * by
    return max(-180.0, west - dx), max(-90.0, south - dy), min(180.0, east + dx), north + dy
