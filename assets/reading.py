"""Whole files of assets as rows, before anything is known of where postcodes lie."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from assets import columns, mapping_files, oruk, osm
from assets.candidates import Candidate, RowRefusedError
from assets.cleaning import clean_text
from assets.features import Feature, read_features
from assets.layouts import Cells, Layout
from assets.models import AssetSource
from assets.options import Options
from assets.shapes import Shape, ShapeError, read_shape
from intake.errors import IntakeError
from intake.limits import import_limits, in_words
from intake.source import SourceFile
from intake.tables import Table

_LONGEST_ID: Final = 60


@dataclass(frozen=True)
class Row:
    """One row of a file: what it says of an asset and where, or why it is not taken."""

    number: int
    # The row's key within its source; "" until one is made of its name and place.
    ref: str
    candidate: Candidate | None = None
    shape: Shape | None = None
    # Metres of the British National Grid, where the file gives those.
    grid: tuple[float, float] | None = None
    refused: RowRefusedError | None = None
    # It is marked as closed: taken only where we know it.
    closed: bool = False
    # When the source last touched it; see ``Candidate``. Of closed rows.
    as_of: dict[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
    """The rows of a file, and what the file says of itself."""

    rows: Iterable[Row]
    # The name of the mapping that reads it, or of the file: part of every id.
    dataset: str = ""
    licence: str = ""
    attribution: str = ""
    only_sector: bool = False


def read(file: SourceFile, options: Options) -> Reading:
    """Read a file's rows, in its order.

    Raises:
        IntakeError: the file, or a geometry, an id or a header in it, can't be used; maybe
            only while the rows are read.
    """
    return _READERS[options.source](file, options)


def _read_osm(file: SourceFile, options: Options) -> Reading:
    features = read_features(_held(file), overpass=True)
    return Reading([_osm_row(feature, file) for feature in features])


def _osm_row(feature: Feature, file: SourceFile) -> Row:
    ref = osm.ref_of(feature.id, feature.properties)
    if ref is None:
        raise IntakeError(
            "the row has no OpenStreetMap id such as node/123",
            file=file.name,
            row=feature.number,
            column="id",
        )
    row = Row(feature.number, ref, shape=_shape(feature, file))
    as_of = osm.as_of(feature.properties)
    try:
        candidate = osm.read_tags(osm.tags_of(feature.properties))
    except RowRefusedError as error:
        return replace(row, refused=error, closed=error.reason == osm.CLOSED, as_of=as_of)
    return replace(row, candidate=replace(candidate, as_of=as_of))


def _read_geojson(file: SourceFile, options: Options) -> Reading:
    features = read_features(_held(file))
    headers = {name for feature in features for name in feature.properties}
    layout = _layout(headers, file, options)
    told = _Told(file, layout, options)

    def row(feature: Feature) -> Row:
        cells = columns.cells_of(feature.properties)
        own = feature.id if isinstance(feature.id, str | int) else None
        ref = told.ref(clean_text(own) or columns.id_of(cells, layout))
        return told.row(feature.number, ref, cells, _shape(feature, file))

    return told.reading(row(feature) for feature in features)


def _read_csv(file: SourceFile, options: Options) -> Reading:
    table = Table(file, encoding=options.encoding)
    layout = _layout(table.headers, file, options)
    told = _Told(file, layout, options)
    return told.reading(
        told.row(row.number, told.ref(columns.id_of(row.cells, layout)), row.cells, None)
        for row in table.rows(only=layout.columns())
    )


def _read_oruk(file: SourceFile, options: Options) -> Reading:
    def row(number: int, ref: str, read: Callable[[], oruk.Found]) -> Row:
        try:
            found = read()
        except RowRefusedError as error:
            return Row(number, ref, refused=error)
        return Row(number, ref, candidate=found.candidate, shape=found.shape)

    services = oruk.services_of(_held(file))
    feed = oruk.Feed(options.category)
    parts = (part for service in services for part in feed.parts(service))
    rows = [row(n, ref, read) for n, (ref, read) in enumerate(parts, start=1)]
    return Reading(rows, clean_text(Path(file.name).stem)[:50])


_READERS: Final[Mapping[str, Callable[[SourceFile, Options], Reading]]] = {
    AssetSource.OSM: _read_osm,
    AssetSource.GEOJSON: _read_geojson,
    AssetSource.CSV: _read_csv,
    AssetSource.ORUK: _read_oruk,
}


class _Told:
    """Reads rows by a layout."""

    def __init__(self, file: SourceFile, layout: Layout, options: Options) -> None:
        self.file, self.layout, self.category = file, layout, options.category or None
        own = layout.name if layout.name != mapping_files.GENERIC else ""
        self.dataset = own or clean_text(Path(file.name).stem)[:50]

    def ref(self, own: str) -> str:
        """Return an id as the data set's own: other files count from 1 as well."""
        if not own:
            return ""
        return f"{self.dataset}/{own if len(own) <= _LONGEST_ID else hash_of(own)}"

    def row(self, number: int, ref: str, cells: Cells, shape: Shape | None) -> Row:
        """Read one row; where it has no geometry, its columns may say where it is."""
        grid = None
        try:
            candidate = columns.read_columns(cells, self.layout, category=self.category)
            if shape is None and not self.layout.only_sector:
                found = columns.coordinates_of(cells, self.layout)
                if found is not None and found[2]:
                    grid = found[:2]
                elif found is not None:
                    shape = Shape(round(found[0], 7), round(found[1], 7))
        except RowRefusedError as error:
            return Row(number, ref, refused=error)
        return Row(number, ref, candidate=candidate, shape=shape, grid=grid)

    def reading(self, rows: Iterator[Row]) -> Reading:
        """Return the rows with what the layout says of all of them."""
        layout = self.layout
        return Reading(
            rows, self.dataset, layout.licence, layout.attribution, layout.only_sector
        )


def hash_of(text: str) -> str:
    """Return a text's fingerprint, for keys."""
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def _held(file: SourceFile) -> SourceFile:
    """Refuse a file too large to be held in memory whole, as JSON is."""
    most = import_limits().packed_bytes
    if file.size_bytes > most:
        words = f"the file has {in_words(file.size_bytes)}; at most {in_words(most)} are taken"
        raise IntakeError(words, file=file.name)
    return file


def _shape(feature: Feature, file: SourceFile) -> Shape | None:
    try:
        return read_shape(feature.geometry)
    except ShapeError as error:
        raise IntakeError(
            str(error), file=file.name, row=feature.number, column="geometry"
        ) from error


def _layout(headers: Iterable[str], file: SourceFile, options: Options) -> Layout:
    """Return the layout that reads a file with these headers.

    Raises:
        IntakeError: no column tells the name, or the kind of place.
    """
    headers = list(headers)
    if options.mapping:
        layout = mapping_files.layout_of(options.mapping)
    else:
        layout = mapping_files.recognised(headers) or mapping_files.generic()
    missing = layout.missing(headers, category_given=bool(options.category))
    if missing is None:
        return layout.narrowed(headers)
    says: dict[str, Any] = {
        "name": "no column holds the name of the place.",
        "category": "no column tells the kind of place: say it with --category.",
    }
    seen = ", ".join(sorted(map(clean_text, headers))[:12])
    words = f"{says[missing]} Its columns: {seen or 'none'}"
    raise IntakeError(words, file=file.name, column=missing)
