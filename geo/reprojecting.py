"""Shapes of any reference system, turned into longitude and latitude by GDAL."""

import json
import re
from functools import lru_cache
from typing import Any, Final

from django.contrib.gis.gdal import (
    AxisOrder,
    CoordTransform,
    GDALException,
    OGRGeometry,
    SpatialReference,
)

from geo.geojson import GeometryError
from geo.srid import WGS84

_EPSG = re.compile(
    r"^(?:urn:ogc:def:crs:EPSG:[\d.]*:|EPSG:|https?://www\.opengis\.net/def/crs/EPSG/0/)(\d{4,6})$",
    re.IGNORECASE,
)
_LON_LAT: Final = re.compile(r"CRS:?84$", re.IGNORECASE)


@lru_cache(maxsize=8)
def reference_system(epsg: int) -> SpatialReference:
    """Return a reference system by its EPSG number, east before north whatever it says.

    Files are written east first, also in systems whose definition begins with north.

    Raises:
        GDALException: there is no such system.
    """
    return SpatialReference(epsg, axis_order=AxisOrder.TRADITIONAL)


def system_of(crs: Any) -> SpatialReference | None:
    """Return the system that a file's ``crs`` member names; None for degrees, or none.

    Raises:
        GeometryError: it names none that is known.
    """
    if crs is None:
        return None
    named = crs.get("properties") if isinstance(crs, dict) else None
    name = named.get("name") if isinstance(named, dict) else None
    found = _EPSG.match(name) if isinstance(name, str) else None
    if isinstance(name, str) and _LON_LAT.search(name):
        return None
    if not found:
        raise GeometryError(
            "crs", "names no reference system that is known, such as EPSG:27700"
        )
    epsg = int(found[1])
    if epsg == WGS84:
        return None
    try:
        return reference_system(epsg)
    except GDALException as error:
        raise GeometryError("crs", f"there is no reference system EPSG:{epsg}") from error


def to_degrees(shape: OGRGeometry, system: SpatialReference) -> dict[str, Any]:
    """Return a shape as a GeoJSON geometry in longitude and latitude, without heights.

    Raises:
        GeometryError: it lies where its system does not reach.
    """
    try:
        shape.set_3d(False)
        shape.transform(CoordTransform(system, reference_system(WGS84)))
        return dict(json.loads(shape.json))
    except (GDALException, ValueError) as error:
        reason = f"cannot be turned into longitude and latitude from {system.name}"
        raise GeometryError("coordinates", reason) from error


def json_to_degrees(geometry: Any, system: SpatialReference | None) -> Any:
    """Turn a GeoJSON geometry of another system into longitude and latitude.

    Raises:
        GeometryError: it is no geometry, or lies where its system does not reach.
    """
    if system is None or not isinstance(geometry, dict):
        return geometry
    try:
        shape = OGRGeometry.from_json(json.dumps(geometry))
    except (GDALException, ValueError) as error:
        raise GeometryError("coordinates", "make no shape") from error
    return to_degrees(shape, system)
