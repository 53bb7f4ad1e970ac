"""Files of boundaries as they come: GeoJSON, TopoJSON, a zipped shapefile, a GeoPackage.

Whatever the format and the reference system, what comes out are the properties and the
geometry of each feature, as GeoJSON in longitude and latitude.
"""

import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final

from django.contrib.gis.gdal import AxisOrder, DataSource, GDALException, SpatialReference
from django.contrib.gis.gdal.feature import Feature
from django.contrib.gis.gdal.layer import Layer

from geo.geojson import GeometryError
from geo.reprojecting import json_to_degrees, system_of, to_degrees
from geo.topojson import Topology
from intake.errors import IntakeError
from intake.jsonfiles import read_json
from intake.limits import import_limits, in_words
from intake.source import SourceFile

_ZIP: Final = b"PK\x03\x04"
_SQLITE: Final = b"SQLite format 3\0"
_SHP: Final = (9994).to_bytes(4)  # how every .shp begins
_PARTS: Final = (".shp", ".dbf", ".shx", ".prj")


@dataclass(frozen=True)
class RawFeature:
    """One feature; ``geometry`` reads it when asked, and raises ``GeometryError``."""

    properties: dict[str, Any]
    geometry: Callable[[], Any]


@dataclass(frozen=True)
class RawFile:
    """The features of one file, and the name of its format."""

    layout: str
    features: list[RawFeature]


def read_features(source: SourceFile, *, layer: str = "") -> RawFile:
    """Read a file of boundaries, told by its content; ``layer`` where it holds several.

    Raises:
        IntakeError: says what the file is not, or names the feature that is none.
    """
    start = source.first_bytes()
    if start.startswith(_ZIP):
        return RawFile(
            "shapefile", _read_gdal(source, _shapefile(source, layer), "ESRI Shapefile")
        )
    if start.startswith(_SQLITE):
        _refuse_broken(source)
        return RawFile("geopackage", _read_gdal(source, str(source.path), "GPKG", layer))
    content = read_json(source)
    kind = content.get("type") if isinstance(content, dict) else None
    try:
        if kind == "Topology":
            return RawFile("topojson", _topojson(source, content, layer))
        if kind == "FeatureCollection":
            return RawFile("geojson", _geojson(source, content))
    except GeometryError as error:
        raise IntakeError(str(error), file=source.name) from error
    raise IntakeError(
        "the file is neither GeoJSON FeatureCollection nor TopoJSON", file=source.name
    )


def _geojson(source: SourceFile, content: dict[str, Any]) -> list[RawFeature]:
    system = system_of(content.get("crs"))
    features = _listed(source, content.get("features"))

    def reader(feature: dict[str, Any]) -> Callable[[], Any]:
        return lambda: json_to_degrees(feature.get("geometry"), system)

    return [RawFeature(feature["properties"], reader(feature)) for feature in features]


def _topojson(source: SourceFile, content: dict[str, Any], layer: str) -> list[RawFeature]:
    objects = content.get("objects")
    if not isinstance(objects, dict) or not objects:
        raise GeometryError("objects", "the file holds no features")
    found = objects[_chosen(source, list(objects), layer)]
    found = found if isinstance(found, dict) else {}
    system = system_of(found.get("crs") or content.get("crs"))
    listed = found.get("geometries") if found.get("type") == "GeometryCollection" else [found]
    features = _listed(source, listed)
    topology = Topology(content)

    def reader(feature: dict[str, Any]) -> Callable[[], Any]:
        return lambda: json_to_degrees(topology.geometry(feature), system)

    return [RawFeature(feature["properties"], reader(feature)) for feature in features]


def _listed(source: SourceFile, features: Any) -> list[dict[str, Any]]:
    if not isinstance(features, list) or not features:
        raise IntakeError("the file holds no features", file=source.name)
    _refuse_many(source, len(features))
    for row, feature in enumerate(features, start=1):
        if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
            raise IntakeError("is no feature with properties", file=source.name, row=row)
    return features


def _chosen(source: SourceFile, names: list[str], layer: str) -> str:
    """Return the layer that is meant.

    Raises:
        IntakeError: it is not there, or there are several and none was named.
    """
    if layer in names or (len(names) == 1 and not layer):
        return layer or names[0]
    listed = ", ".join(name[:60] for name in names[:20])
    reason = f"there is no layer {layer}" if layer else "the file holds several layers"
    raise IntakeError(f"{reason}; say which with --layer: {listed}", file=source.name)


def _refuse_many(source: SourceFile, count: int) -> None:
    if count > import_limits().rows:
        raise IntakeError(f"more than {import_limits().rows:,} features", file=source.name)


def _shapefile(source: SourceFile, layer: str) -> str:
    """Return GDAL's address of the one shapefile in a zip file.

    Raises:
        IntakeError: there is none, it lacks a part, or it unpacks to too much.
    """
    try:
        with zipfile.ZipFile(source.path) as archive:
            sizes = {info.filename: info.file_size for info in archive.infolist()}
            parts = [name for name in sizes if name.lower().endswith(_PARTS)]
            # GDAL would believe the sizes that are announced; zipfile counts.
            if sum(sizes.values()) > import_limits().unpacked_bytes:
                raise IntakeError(
                    f"it unpacks to {in_words(sum(sizes.values()))}", file=source.name
                )
            if any(archive.getinfo(name).flag_bits & 1 for name in parts):
                raise IntakeError("the zip file has a password", file=source.name)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError) as error:
        raise IntakeError(
            "the zip file cannot be unpacked: is it cut off?", file=source.name
        ) from error
    shapes = {PurePosixPath(name).stem: name for name in parts if name.lower().endswith(".shp")}
    if not shapes:
        raise IntakeError("the zip file holds no shapefile (.shp)", file=source.name)
    shape = shapes[_chosen(source, list(shapes), layer)]
    folded = {name.lower() for name in parts}
    for part in _PARTS:
        if shape.lower().removesuffix(".shp") + part not in folded:
            raise IntakeError(f"the shapefile lacks its {part} file", file=source.name)
    _refuse_disguise(source, shape)
    return f"/vsizip/{{{source.path.resolve()}}}/{shape}"


def _refuse_disguise(source: SourceFile, shape: str) -> None:
    """Refuse what is only called .shp.

    GDAL goes by the content, and some kinds of file have it open other files and addresses.
    """
    try:
        with zipfile.ZipFile(source.path) as archive, archive.open(shape) as file:
            start = file.read(len(_SHP))
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError) as error:
        raise IntakeError(
            "the zip file cannot be unpacked: is it cut off?", file=source.name
        ) from error
    if start != _SHP:
        raise IntakeError(f"{shape[:60]} is no shapefile", file=source.name)


def _refuse_broken(source: SourceFile) -> None:
    """Refuse what calls itself SQLite and can't be read by it: GDAL would ask for less."""
    try:
        with sqlite3.connect(f"file:{source.path.resolve()}?mode=ro", uri=True) as file:
            file.execute("SELECT count(*) FROM gpkg_contents").fetchone()
        file.close()
    except sqlite3.Error as error:
        raise IntakeError(f"this is no whole GeoPackage ({error})", file=source.name) from error


def _read_gdal(
    source: SourceFile, address: str, driver: str, layer: str = ""
) -> list[RawFeature]:
    try:
        data = DataSource(address)
        if str(data.driver) != driver:
            raise IntakeError(f"the file is no {driver}", file=source.name)
        found = data[
            _chosen(source, [str(data[place].name) for place in range(data.layer_count)], layer)
        ]
        _refuse_many(source, len(found))
        system = found.srs
        if system is None:
            raise IntakeError("the file does not say its reference system", file=source.name)
        system = SpatialReference(system.wkt, axis_order=AxisOrder.TRADITIONAL)
        features = list(_gdal_features(found, system))
    except (GDALException, UnicodeDecodeError) as error:
        raise IntakeError(f"the file cannot be read ({error})", file=source.name) from error
    if not features:
        raise IntakeError("the file holds no features", file=source.name)
    return features


def _gdal_features(layer: Layer, system: SpatialReference) -> Iterator[RawFeature]:
    for feature in layer:
        properties = {str(name): feature[name].value for name in feature.fields}
        yield RawFeature(properties, _reader(feature, system))


def _reader(feature: Feature, system: SpatialReference) -> Callable[[], Any]:
    """Take the shape now: GDAL forgets a feature once the next one is read."""
    try:
        shape = feature.geom.clone()
    except GDALException:  # a feature without any
        return lambda: None
    return lambda: to_degrees(shape, system)
