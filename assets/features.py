"""Rows of an outside map file: GeoJSON features, or elements that Overpass gives."""

from dataclasses import dataclass
from typing import Any, Final

from assets.overpass import features_of_elements
from intake.errors import IntakeError
from intake.jsonfiles import read_json
from intake.limits import import_limits
from intake.source import SourceFile
from intake.words import shortened

# The only systems of coordinates that are longitude and latitude as we store them.
_DEGREES: Final = ("crs84", "epsg::4326", "epsg:4326")


@dataclass(frozen=True)
class Feature:
    """One row: its number in the file (from 1), its id, properties and geometry."""

    number: int
    id: Any
    properties: dict[str, Any]
    geometry: Any


def read_features(source: SourceFile, *, overpass: bool = False) -> list[Feature]:
    """Return the rows of a file, in its order.

    ``overpass``: also take what the Overpass API gives as JSON.

    Raises:
        IntakeError: it is no such file; the row and the member are named.
    """
    data = read_json(source)
    if overpass and isinstance(data, dict) and isinstance(data.get("elements"), list):
        _refuse_half_an_answer(data, source)
        rows: Any = features_of_elements(data["elements"])
    else:
        rows = _features_of(data, source)
    if not rows:
        raise IntakeError("the file holds no features", file=source.name)
    limit = import_limits().rows
    if len(rows) > limit:
        raise IntakeError(
            f"the file has {len(rows):,} features; at most {limit:,} are taken",
            file=source.name,
        )
    return [_feature(row, number, source) for number, row in enumerate(rows, start=1)]


def _refuse_half_an_answer(data: dict[str, Any], source: SourceFile) -> None:
    """Refuse what Overpass gives when it runs out of time or memory: a part, and a remark."""
    remark = data.get("remark")
    if isinstance(remark, str) and "error" in remark:
        reason = f"the Overpass API stopped before its end: {shortened(remark, 200)}"
        raise IntakeError(reason, file=source.name, column="remark")


def _features_of(data: Any, source: SourceFile) -> list[Any]:
    if not isinstance(data, dict) or data.get("type") != "FeatureCollection":
        raise IntakeError("the file is not a GeoJSON FeatureCollection", file=source.name)
    rows = data.get("features")
    if not isinstance(rows, list):
        raise IntakeError(
            "the FeatureCollection has no list of features",
            file=source.name,
            column="features",
        )
    if data.get("crs") is not None and not _in_degrees(data["crs"]):
        raise IntakeError(
            "the coordinates are not longitude and latitude (WGS 84)",
            file=source.name,
            column="crs",
        )
    return rows


def _in_degrees(crs: Any) -> bool:
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return isinstance(name, str) and name.lower().endswith(_DEGREES)


def _feature(row: Any, number: int, source: SourceFile) -> Feature:
    def refuse(reason: str, column: str) -> IntakeError:
        return IntakeError(reason, file=source.name, row=number, column=column)

    if not isinstance(row, dict) or row.get("type") != "Feature":
        raise refuse("this is not a GeoJSON Feature", "type")
    properties = row.get("properties")
    if properties is None:
        properties = {}
    if not isinstance(properties, dict):
        raise refuse("the properties are not an object", "properties")
    limit = import_limits().cell_chars
    for name, value in properties.items():
        if isinstance(value, str) and len(value) > limit:
            raise refuse(f"the text has more than {limit:,} characters", name[:60])
    return Feature(number, row.get("id"), properties, row.get("geometry"))
