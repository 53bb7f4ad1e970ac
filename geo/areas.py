"""Boundaries from outside files, and the authority codes that postcodes tell of."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Polygon
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from geo.boundary_files import RawFeature, read_features
from geo.geojson import GeometryError, parse_geometry
from geo.models import Area, AreaKind
from geo.srid import WGS84
from intake.errors import IntakeError
from intake.report import Outcome, Report
from intake.source import SourceFile
from intake.transactions import one_import

OUTLINES: Final = ("Polygon", "MultiPolygon")
MOST_POSITIONS: Final = 2_000_000
"""An outline of one area in full detail: the Highlands' has a million."""
CODE_SHARE: Final = 0.9
"""At least so many of a shape's postcodes must carry a code before it is the shape's."""

# The name columns of the Office for National Statistics: WD23NM, LAD13CD.
_ONS_NAME = re.compile(r"^[A-Z]{2,5}\d\dNM$", re.IGNORECASE)
_ONS_CODE = re.compile(r"^[A-Z]{2,5}\d\dCD$", re.IGNORECASE)
_NAMES, _CODES = ("area_name", "name"), ("area_code", "code", "gss_code")
_KIND_OF_CODE: Final = {
    **dict.fromkeys(("E05", "W05", "S13", "N08", "N10"), AreaKind.WARD),
    **dict.fromkeys(("E06", "E07", "E08", "E09"), AreaKind.LOCAL_AUTHORITY),
    **dict.fromkeys(("S12", "W06", "N09"), AreaKind.LOCAL_AUTHORITY),
    **dict.fromkeys(("E10", "E11", "E12", "E13"), AreaKind.COUNTY),
}
_GSS = re.compile(r"^[A-Z]\d{8}$")

_SHARES = """
SELECT area.id, postcode.lad_code, count(*)
  FROM geo_area AS area
  JOIN geo_postcode AS postcode
    ON postcode.location && area.boundary::geography
   AND ST_Covers(area.boundary, postcode.location::geometry)
 WHERE area.kind = 'local_authority' AND area.code = '' AND NOT area.is_demo
 GROUP BY 1, 2
"""


@dataclass(frozen=True)
class Boundary:
    """One area of a file; ``row`` counts its features from 1."""

    row: int
    name: str
    code: str
    shape: MultiPolygon


@dataclass(frozen=True)
class Reading:
    """How to read a file of boundaries; what is not said is found out."""

    kind: str = ""
    name: str = ""
    code: str = ""
    source: str = ""
    layer: str = ""


def import_areas(source: SourceFile, reading: Reading, *, dry_run: bool = False) -> Report:
    """Load a file of boundaries over what is there: see ``geo.boundary_files``.

    An area known by its code, or by kind and name, gets the new boundary and keeps
    whatever hangs on it.

    Raises:
        IntakeError: names the feature and the position that cannot be taken.
    """
    report = Report("areas", source)
    with one_import("areas", dry_run=dry_run):
        raw = read_features(source, layer=reading.layer)
        report.layout = raw.layout
        boundaries = list(_boundaries(source, reading, raw.features))
        usual = _kind_of(boundaries)
        kinds: Counter[str] = Counter()
        for boundary in boundaries:
            report.read += 1
            kind = reading.kind or _KIND_OF_CODE.get(boundary.code[:3], usual)
            kinds[kind] += 1
            report.count(_put(boundary, kind, reading.source or source.name[:80], source))
        report.notes.append(_in_words(kinds))
        report.store()
    return report


def read_boundaries(source: SourceFile, reading: Reading) -> Iterator[Boundary]:
    """Yield every area of a file of boundaries.

    Raises:
        IntakeError: names the feature that cannot be taken, or says what the file lacks.
    """
    yield from _boundaries(source, reading, read_features(source, layer=reading.layer).features)


def _boundaries(
    source: SourceFile, reading: Reading, features: list[RawFeature]
) -> Iterator[Boundary]:
    name_key = _key(source, features, reading.name, _NAMES, _ONS_NAME)
    code_key = _key(source, features, reading.code, _CODES, _ONS_CODE)
    if not name_key:
        raise IntakeError("no property holds names; say which with --name", file=source.name)
    names = Counter(_text(feature, name_key) for feature in features)
    seen: set[str] = set()
    for row, feature in enumerate(features, start=1):
        name, code = _text(feature, name_key), _text(feature, code_key)
        if not name:
            raise IntakeError("has no name", file=source.name, row=row, column=name_key)
        code = code if _GSS.match(code) else ""
        label = f"{name} ({code})" if names[name] > 1 and code else name
        if label in seen:
            raise IntakeError(f"{name} stands twice", file=source.name, row=row)
        seen.add(label)
        yield Boundary(row, label, code, _shape(source, row, feature))


def _key(
    source: SourceFile,
    features: list[RawFeature],
    asked: str,
    usual: tuple[str, ...],
    ons: re.Pattern[str],
) -> str:
    """Find the property that holds names, or codes: the one asked for, or by its header.

    Raises:
        IntakeError: the file has no such property; says which it has.
    """
    keys = list(features[0].properties)
    folded = {key.casefold(): key for key in keys}
    if asked and asked.casefold() not in folded:
        listed = ", ".join(key[:40] for key in keys[:30])
        reason = f"there is no such property; the file has {listed}"
        raise IntakeError(reason, file=source.name, column=asked)
    found = [
        folded[name] for name in ([asked.casefold()] if asked else usual) if name in folded
    ]
    return next(iter([*found, *(key for key in keys if ons.match(key))]), "")


def _text(feature: RawFeature, key: str) -> str:
    value = feature.properties.get(key)
    return value.strip().replace("\0", "")[:120] if isinstance(value, str) else ""


def _shape(source: SourceFile, row: int, feature: RawFeature) -> MultiPolygon:
    try:
        found = parse_geometry(
            feature.geometry(), types=OUTLINES, decimals=None, mend=True, most=MOST_POSITIONS
        )
        return as_multipolygon(found)
    except GeometryError as error:
        raise IntakeError(error.reason, file=source.name, row=row, column=error.path) from error


def as_multipolygon(shape: GEOSGeometry) -> MultiPolygon:
    """Return the areas of a shape as one; lines and points left by mending are dropped.

    Raises:
        GeometryError: no area is left.
    """
    polygons = list(_polygons(shape))
    if not polygons:
        raise GeometryError("coordinates", "enclose no area")
    return MultiPolygon(polygons, srid=WGS84)


def _polygons(shape: GEOSGeometry) -> Iterator[Polygon]:
    if isinstance(shape, Polygon):
        if not shape.empty:
            yield shape
    elif shape.num_geom > 1 or shape.geom_type.startswith(("Multi", "Geometry")):
        for part in shape:  # type: ignore[attr-defined]  # collections iterate
            yield from _polygons(part)


def _in_words(kinds: Counter[str]) -> str:
    if len(kinds) == 1:
        return f"kind: {AreaKind(next(iter(kinds))).label}"
    counted = [f"{AreaKind(kind).label} ({number})" for kind, number in kinds.most_common()]
    return f"kinds: {', '.join(counted)}"


def _kind_of(boundaries: list[Boundary]) -> str:
    """Return the kind that the codes tell of; without codes, a neighbourhood."""
    kinds = Counter(_KIND_OF_CODE.get(boundary.code[:3], "") for boundary in boundaries)
    return str(kinds.most_common(1)[0][0] or AreaKind.NEIGHBOURHOOD)


def _put(boundary: Boundary, kind: str, credit: str, source: SourceFile) -> Outcome:
    area = _known(boundary, kind)
    if area and _is_same(area, boundary, credit):
        return Outcome.SAME
    outcome = Outcome.CHANGED if area else Outcome.NEW
    area = area or Area(kind=kind)
    area.name, area.boundary, area.source = boundary.name, boundary.shape, credit
    area.code = boundary.code or area.code
    namesakes = Area.objects.filter(kind=kind, name=area.name, source=credit)
    if boundary.code and namesakes.exclude(pk=area.pk).exists():
        area.name = f"{boundary.name} ({boundary.code})"
    try:
        area.full_clean()
    except ValidationError as error:
        reason = " ".join(error.messages)
        raise IntakeError(reason, file=source.name, row=boundary.row) from error
    area.save()
    return outcome


def _known(boundary: Boundary, kind: str) -> Area | None:
    """Find the area by its code; one without a code by its name, where they overlap.

    Names alone say little: many councils have a ward called St Mary's.
    """
    known = Area.objects.filter(kind=kind, is_demo=False)
    if boundary.code and (area := known.filter(code=boundary.code).first()):
        return area
    named = known.filter(name=boundary.name, boundary__intersects=boundary.shape)
    if boundary.code:
        named = named.filter(code="")
    return named.first()


def _is_same(area: Area, boundary: Boundary, credit: str) -> bool:
    return (
        area.name in {boundary.name, f"{boundary.name} ({boundary.code})"}
        and area.source == credit
        and area.code == (boundary.code or area.code)
        and area.boundary.equals_exact(boundary.shape)
    )


@transaction.atomic
def note_authority_codes() -> int:
    """Give local authorities without a code the one their postcodes carry; count them.

    At least ``CODE_SHARE`` of the loaded postcodes inside the shape must carry it, and
    no other area may have it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SHARES)
        counts: dict[int, Counter[str]] = {}
        for area_id, code, number in cursor.fetchall():
            counts.setdefault(area_id, Counter())[code] = number
    found: dict[int, str] = {}
    for area_id, codes in counts.items():
        code, number = codes.most_common(1)[0]
        if code and number >= CODE_SHARE * codes.total():
            found[area_id] = code
    taken = set(
        Area.objects.filter(kind=AreaKind.LOCAL_AUTHORITY, code__in=found.values()).values_list(
            "code", flat=True
        )
    )
    twice = {code for code, number in Counter(found.values()).items() if number > 1}
    noted = {pk: code for pk, code in found.items() if code not in taken | twice}
    for pk, code in noted.items():
        Area.objects.filter(pk=pk).update(code=code)
    return len(noted)
