"""Rows of a file made ready to be written: keyed, placed, and each key once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, Final

from assets import categories
from assets.candidates import Candidate, Placed, RowRefusedError
from assets.cleaning import MOST_CHARACTERS
from assets.gridded import from_grid
from assets.mailboxes import without_personal_mailboxes
from assets.models import Asset
from assets.options import Options
from assets.origins import Origin, origin_of
from assets.reading import Reading, Row, hash_of, read
from assets.shapes import DECIMALS, Shape
from geo.geocoding import POSTCODE_SOURCE, locate_many
from geo.models import PostcodeCell, Precision
from geo.postcodes import parse_postcode
from intake.errors import IntakeError
from intake.importers import Staged
from intake.report import Refusal
from intake.source import SourceFile
from intake.words import shortened

NO_PLACE: Final = "it has no place"
AT_ONCE: Final = 5_000
FREE_TEXTS: Final = ("description", "address", "opening_hours", "access_notes", "cost")


def stage(file: SourceFile, options: Options) -> Iterator[Staged]:
    """Yield every row of a file, ready to be written; writes nothing.

    Raises:
        IntakeError: the file is refused whole.
    """
    reading = read(file, options)
    origin = origin_of(options, reading)
    seen: dict[str, tuple[int, int]] = {}
    rows = iter(reading.rows)
    while some := list(islice(rows, AT_ONCE)):
        for row, placed in _placed(some, reading, options):
            yield _once(_staged(row, placed, origin), row, file, seen)


def _placed(
    rows: list[Row], reading: Reading, options: Options
) -> Iterator[tuple[Row, Placed | None]]:
    """Yield each row with its place; one that has none is refused."""
    rows = from_grid(rows)
    known = _known_closed(rows, options)
    codes = [_code(row) for row in rows]
    find = _sectors if reading.only_sector else locate_points
    points = find([code for code in codes if code])
    for row, code in zip(rows, codes, strict=True):
        if row.closed and row.ref in known:
            yield replace(row, refused=None), _closed(row, known[row.ref])
        elif row.candidate is None or row.refused is not None:
            yield row, None
        elif row.shape is None and _has_place(row.candidate) and code not in points:
            refused = RowRefusedError(NO_PLACE, column="geometry")
            yield replace(row, refused=refused), None
        else:
            yield row, _place(row, _told(row.candidate, reading), points.get(code))


def _known_closed(rows: Sequence[Row], options: Options) -> dict[str, str]:
    """Return the rows marked as closed that we have an asset for, with its name."""
    refs = [row.ref for row in rows if row.closed]
    if not refs:
        return {}
    known = Asset.objects.filter(source=options.source, source_ref__in=refs)
    return dict(known.values_list("source_ref", "name"))


def _closed(row: Row, name: str) -> Placed:
    candidate = Candidate({"name": name}, as_of=row.as_of, closed=True)
    return Placed(row.ref, candidate, only_closed=True)


def _told(candidate: Candidate, reading: Reading) -> Candidate:
    """Return what is kept of a row: no postcode where only the sector is.

    Free text is shown to everybody: it keeps no address that looks like a person's.
    """
    values = dict(candidate.values)
    for column in FREE_TEXTS:
        if "@" in (text := values.get(column, "")):
            text = without_personal_mailboxes(text, name=values["name"])
            values[column] = shortened(text, MOST_CHARACTERS[column])
    if reading.only_sector:
        values["postcode"] = ""
    return candidate if values == candidate.values else replace(candidate, values=values)


def _has_place(candidate: Candidate) -> bool:
    return candidate.values["category"] not in categories.UNLOCATED


def _code(row: Row) -> str:
    """Return the postcode that a row is to be placed by, "" where it needs none."""
    if row.candidate is None or row.shape is not None or not _has_place(row.candidate):
        return ""
    return str(row.candidate.values["postcode"])


Point = tuple[float, float, str]
"""Longitude, latitude and how precise they are."""


def locate_points(codes: Sequence[str]) -> dict[str, Point]:
    """Return where postcodes are."""
    found = locate_many(codes)
    return {
        code: (round(at.point.x, DECIMALS), round(at.point.y, DECIMALS), at.precision.value)
        for code, at in found.items()
    }


def _sectors(codes: Sequence[str]) -> dict[str, Point]:
    """Return the middles of the postcodes' sectors."""
    sectors = {code: unit.sector for code in codes if (unit := parse_postcode(code))}
    cells = PostcodeCell.objects.in_bulk(set(sectors.values()))
    return {
        code: (
            round(cells[sector].location.x, DECIMALS),
            round(cells[sector].location.y, DECIMALS),
            Precision.SECTOR.value,
        )
        for code, sector in sectors.items()
        if sector in cells
    }


def _place(row: Row, candidate: Candidate, point: Point | None) -> Placed:
    ref = row.ref or _made_up_ref(candidate, row.shape)
    if not _has_place(candidate):
        return Placed(ref, candidate)
    if row.shape is not None:
        shape = row.shape
        return Placed(ref, candidate, shape.lon, shape.lat, shape.outline_hex)
    assert point is not None  # noqa: S101 - refused otherwise
    lon, lat, precision = point
    return Placed(ref, candidate, lon, lat, "", precision, POSTCODE_SOURCE)


def _made_up_ref(candidate: Candidate, shape: Shape | None) -> str:
    """Return a key for a row without an id: its name and where it is."""
    where = f"{shape.lon:.5f},{shape.lat:.5f}" if shape else ""
    words = "|".join((candidate.values["name"], candidate.values["postcode"], where))
    return f"~{hash_of(words)}"


def _staged(row: Row, placed: Placed | None, origin: Origin) -> Staged:
    if placed is None:
        error = row.refused or RowRefusedError(NO_PLACE)
        refusal = Refusal(row.number, str(error), error.column)
        return Staged(row.number, row.ref or f"refused {row.number}", "", refusal=refusal)
    name = placed.candidate.values["name"]
    payload = payload_of(placed, origin)
    return Staged(row.number, placed.ref, name, payload, placed.lon, placed.lat)


def payload_of(placed: Placed, origin: Origin) -> dict[str, Any]:
    """Return a row as plain JSON; what it does not say is left out."""
    said = {
        "values": placed.candidate.values,
        "outside": placed.candidate.outside,
        "as_of": placed.candidate.as_of,
        "closed": placed.candidate.closed,
        "only_closed": placed.only_closed,
        "outline": placed.outline,
        "precision": placed.precision if placed.has_place else "",
        "point_source": placed.point_source if placed.has_place else "",
        **origin.as_json(),
    }
    return {key: value for key, value in said.items() if value}


def placed_of(row: Staged) -> Placed:
    """Return what a staged row says."""
    said: Mapping[str, Any] = row.payload
    candidate = Candidate(
        said["values"],
        said.get("outside", {}),
        as_of=said.get("as_of", {}),
        closed=said.get("closed", False),
    )
    return Placed(
        row.key,
        candidate,
        row.lon,
        row.lat,
        said.get("outline", ""),
        said.get("precision", ""),
        said.get("point_source", ""),
        said.get("only_closed", False),
    )


def _once(
    staged: Staged, row: Row, file: SourceFile, seen: dict[str, tuple[int, int]]
) -> Staged:
    """Mark a row that says what an earlier one has said.

    Raises:
        IntakeError: one id of the file stands for two different things.
    """
    contents = contents_of(staged)
    first, earlier = seen.setdefault(staged.key, (staged.number, contents))
    if first == staged.number:
        return staged
    if contents == earlier:
        return staged if staged.refusal else replace(staged, repeats=True)
    if row.ref:
        raise IntakeError(
            f"the id {staged.key} stands twice, first in row {first}, with other contents",
            file=file.name,
            row=staged.number,
            column="id",
        )
    words = f"its name and place stand in row {first}, with other contents"
    refusal = Refusal(staged.number, words, "name")
    return replace(staged, refusal=refusal, payload={}, lon=None, lat=None)


def contents_of(staged: Staged) -> int:
    """Return a number that is the same for rows that say the same."""
    refusal = staged.refusal and (staged.refusal.reason, staged.refusal.column)
    return hash((repr(staged.payload), staged.lon, staged.lat, refusal))
