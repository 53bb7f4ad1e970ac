"""Whole files of assets, read before anything is written."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from django.contrib.gis.geos import Point

from assets import categories, columns, osm
from assets.candidates import Candidate, Placed, RowRefusedError
from assets.cleaning import clean_text
from assets.features import Feature, read_features
from assets.models import AssetSource
from assets.shapes import DECIMALS, Shape, ShapeError, read_shape
from geo.geocoding import locate_many
from geo.srid import WGS84
from intake.errors import IntakeError
from intake.limits import import_limits
from intake.source import SourceFile

NO_PLACE = "it has no place"


@dataclass(frozen=True)
class Row:
    """One row of a file: an asset with its key and place, or why it is not taken."""

    number: int
    ref: str
    taken: Placed | None
    refused: RowRefusedError | None = None

    def says_the_same(self, other: "Row") -> bool:
        """Say whether two rows of one key tell the same."""
        if self.taken is None or other.taken is None:
            return self.taken is other.taken and str(self.refused) == str(other.refused)
        return self.taken == other.taken


@dataclass(frozen=True)
class ReadFile:
    """One file and its rows, in the file's order."""

    source: SourceFile
    rows: list[Row]


@dataclass(frozen=True)
class Way:
    """How the rows of one kind of file are read."""

    # Whether an Overpass answer is taken as well.
    overpass: bool
    ref: Callable[[Feature, SourceFile], str]  # "" where the row has none
    candidate: Callable[[Feature], Candidate]


def read_file(
    path: str | Path, *, source: AssetSource, category: str | None = None
) -> ReadFile:
    """Read one file whole.

    Raises:
        IntakeError: the file, or a geometry, an id or a header in it, can't be used.
    """
    # JSON is held in memory whole: the limit of packed files applies.
    file = SourceFile.open(path, most_bytes=import_limits().packed_bytes)
    way = _OSM if source == AssetSource.OSM else _columns_way(category)
    features = read_features(file, overpass=way.overpass)
    if source != AssetSource.OSM:
        _check_headers(features, file, category)
    rows = [_row(feature, way, file) for feature in features]
    return ReadFile(file, _once(_located_by_postcode(rows), file))


def _row(feature: Feature, way: Way, file: SourceFile) -> Row:
    ref = way.ref(feature, file)
    try:
        shape = read_shape(feature.geometry)
    except ShapeError as error:
        raise IntakeError(
            str(error), file=file.name, row=feature.number, column="geometry"
        ) from error
    try:
        candidate = way.candidate(feature)
    except RowRefusedError as error:
        return Row(feature.number, ref or f"refused {feature.number}", None, error)
    placed = _place(ref, candidate, shape)
    return Row(feature.number, placed.ref, placed)


def _place(ref: str, candidate: Candidate, shape: Shape | None) -> Placed:
    ref = ref or _made_up_ref(candidate, shape)
    if shape is None or candidate.values["category"] in categories.UNLOCATED:
        return Placed(ref, candidate, None)
    return Placed(ref, candidate, shape.point, shape.outline)


def _made_up_ref(candidate: Candidate, shape: Shape | None) -> str:
    """Return a key for a row without an id: its name and where it is."""
    where = f"{shape.point.x:.5f},{shape.point.y:.5f}" if shape else ""
    words = "|".join((candidate.values["name"], candidate.values["postcode"], where))
    return f"~{_hash(words)}"


def _located_by_postcode(rows: list[Row]) -> list[Row]:
    """Place rows without a geometry by their postcode; refuse those without either."""
    without = {
        row.number: row.taken.candidate.values
        for row in rows
        if row.taken and row.taken.point is None
    }
    points = locate_many(values["postcode"] for values in without.values())

    def settle(row: Row) -> Row:
        if row.taken is None or row.taken.point is not None:
            return row
        values = row.taken.candidate.values
        if values["category"] in categories.UNLOCATED:
            return row
        found = points.get(values["postcode"])
        if found is None:
            return replace(
                row, taken=None, refused=RowRefusedError(NO_PLACE, column="geometry")
            )
        x, y = round(found.point.x, DECIMALS), round(found.point.y, DECIMALS)
        point = Point(x, y, srid=WGS84)
        placed = replace(
            row.taken, point=point, precision=found.precision, point_source=found.source
        )
        return replace(row, taken=placed)

    return [settle(row) for row in rows]


def _once(rows: list[Row], file: SourceFile) -> list[Row]:
    """Refuse a file in which one id stands for two different things."""
    first: dict[str, Row] = {}
    for row in rows:
        earlier = first.setdefault(row.ref, row)
        if not row.says_the_same(earlier):
            raise IntakeError(
                f"the id {row.ref} stands twice, first in row {earlier.number}, "
                "with other contents",
                file=file.name,
                row=row.number,
                column="id",
            )
    return rows


def _osm_ref(feature: Feature, file: SourceFile) -> str:
    ref = osm.ref_of(feature.id, feature.properties)
    if ref is None:
        raise IntakeError(
            "the row has no OpenStreetMap id such as node/123",
            file=file.name,
            row=feature.number,
            column="id",
        )
    return ref


_OSM = Way(
    overpass=True,
    ref=_osm_ref,
    candidate=lambda feature: osm.read_tags(osm.tags_of(feature.properties)),
)


def _columns_way(category: str | None) -> Way:
    return Way(
        overpass=False,
        ref=_column_ref,
        candidate=lambda feature: columns.read_columns(feature.properties, category=category),
    )


def _column_ref(feature: Feature, file: SourceFile) -> str:
    """Return an id as the file's own: other files count from 1 as well."""
    own = feature.id if isinstance(feature.id, str | int) else None
    text = clean_text(own) or columns.id_of(feature.properties)
    if not text:
        return ""
    return f"{clean_text(Path(file.name).stem)[:50]}/{text if len(text) <= 60 else _hash(text)}"


def _hash(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def _check_headers(features: Iterable[Feature], file: SourceFile, category: str | None) -> None:
    headers = {name for feature in features for name in feature.properties}
    missing = columns.missing_columns(headers, category_given=category is not None)
    if missing is None:
        return
    says = {
        "name": "no column holds the name of the place.",
        "category": "no column tells the kind of place: say it with --category.",
    }[missing]
    seen = ", ".join(sorted(map(clean_text, headers))[:12])
    raise IntakeError(f"{says} Its columns: {seen or 'none'}", file=file.name, column=missing)
