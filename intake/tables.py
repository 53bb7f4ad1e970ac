"""Tables from CSV and .ods files, as a stream, strictly: a row never vanishes silently."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from intake.csv_rows import csv_rows, delimiter_of
from intake.errors import IntakeError
from intake.kinds import TableKind, table_kind
from intake.limits import import_limits
from intake.ods import heads, sheet_rows
from intake.ods_parser import HEAD_ROWS
from intake.ods_values import is_error_word
from intake.source import SourceFile

ENCODING_CHOICES = (
    ("utf-8", "UTF-8 (nearly all files)"),
    ("cp1252", "Windows 1252 (older spreadsheets)"),
)
ENCODINGS = tuple(name for name, _ in ENCODING_CHOICES)
"""What a file may be asked to be; UTF-8 (with or without its mark) unless told."""

NO_VALUE = frozenset({"", "NA", "N/A", "NULL", "-", "*"})

KnowsHeaders = Callable[[frozenset[str]], bool]
"""Says whether a row's keys (``header_key``) are column names that are looked for."""


@lru_cache(maxsize=1024)
def header_key(header: str) -> str:
    """Reduce a header to what real files agree on: lower case, letters and digits."""
    return re.sub(r"[^a-z0-9]", "", header.lower())


@dataclass(frozen=True)
class Row:
    """One row; ``number`` as a spreadsheet shows it."""

    number: int
    cells: dict[str, str]

    def raw(self, column: str) -> str:
        """Return a cell as written; "" where the file has no such column."""
        return self.cells.get(header_key(column), "")

    def get(self, column: str) -> str:
        """Return a cell's value without outer spaces; "" for NA, - and the like."""
        value = self.raw(column).strip()
        return "" if value in NO_VALUE else value


@dataclass(frozen=True)
class _Header:
    """Where the column names stand, and what they are."""

    number: int
    names: list[str]
    sheet: int = 0
    merged: bool = False


class Table:
    """A CSV file, or a sheet of an .ods file, with one header row.

    Columns are found by name whatever their case, punctuation and order. Everything that
    would shift or lose a cell refuses the file: ragged rows, an unclosed quote, a wrong
    encoding, two columns of one name, merged cells.

    ``knows``: finds the header row among the first ten, and the sheet that has one;
    else it is the first row, of the first sheet.
    """

    def __init__(
        self, source: SourceFile, *, encoding: str = "utf-8", knows: KnowsHeaders | None = None
    ) -> None:
        self.source = source
        self.limits = import_limits()
        self.encoding = encoding
        self.blank_rows = 0
        self.kind = table_kind(source)
        self.delimiter = delimiter_of(source, encoding) if self._is_csv() else ""
        header = self._found_header(knows)
        self.sheet, self.header_row, self.headers = header.sheet, header.number, header.names
        self.keys = [header_key(name) for name in self.headers]
        if header.merged:
            reason = "cells of the header row are merged; please take the merging away"
            raise self.error(reason, self.header_row)
        self._refuse_duplicate_columns()

    def has(self, *columns: str) -> bool:
        """Say whether the file has all of ``columns``."""
        return {header_key(column) for column in columns} <= set(self.keys)

    def rename(self, other_names: Mapping[str, Iterable[str]]) -> None:
        """Let columns be found by their name where the file uses one of ``other_names``."""
        for column, others in other_names.items():
            for other in map(header_key, others):
                if not self.has(column) and other in self.keys:
                    self.keys[self.keys.index(other)] = header_key(column)

    def require(self, columns: Iterable[str]) -> None:
        """Refuse the file unless it has all of ``columns``.

        Raises:
            IntakeError: names the first column that is missing, and lists the rest.
        """
        missing = [column for column in columns if not self.has(column)]
        if not missing:
            return
        others = f" (also missing: {', '.join(missing[1:])})" if missing[1:] else ""
        reason = f"the file has no such column{others}"
        raise self.error(reason, row=self.header_row, column=missing[0])

    def rows(self, *, only: Collection[str] | None = None) -> Iterator[Row]:
        """Yield every row that is not blank; blank ones are counted in ``blank_rows``.

        ``only``: the columns that rows keep; what else stands in the file is forgotten.

        Raises:
            IntakeError: at the first row that cannot be read with certainty.
        """
        keys = None if only is None else {header_key(column) for column in only}
        wanted = {at: k for at, k in enumerate(self.keys) if keys is None or k in keys}
        last = self.header_row
        self.blank_rows = 0
        for number, cells in self._read(wanted):
            if number - self.header_row > self.limits.rows:
                raise self.error(f"the file has more than {self.limits.rows:,} rows", number)
            self._check(number, cells)
            self.blank_rows += number - last - 1
            last = number
            yield Row(number, {wanted[at]: cell for at, cell in cells.items()})
        if last == self.header_row:
            raise self.error("the file has a header and no rows")

    def error(self, reason: str, row: int | None = None, column: str = "") -> IntakeError:
        """Return a refusal of this file that names the place."""
        return IntakeError(reason, file=self.source.name, row=row, column=column)

    def _is_csv(self) -> bool:
        return self.kind is TableKind.CSV

    def _found_header(self, knows: KnowsHeaders | None) -> _Header:
        first: _Header | None = None
        for header in self._heads():
            first = first or header
            if knows and knows(frozenset(map(header_key, header.names))):
                return header
            if not knows:
                break
        if first is None or (first.number > 1 and not knows):
            raise self.error("the first row holds no column names", row=1)
        return first

    def _heads(self) -> Iterator[_Header]:
        """Yield rows that may be the header: the first ten, of every sheet."""
        if not self._is_csv():
            for sheet, rows in heads(self.source):
                for row in rows:
                    names = [row.cells.get(at, "") for at in range(row.width)]
                    yield _Header(row.number, names, sheet, row.merged)
            return
        number = 0
        try:
            for number, cells in csv_rows(self.source, self.encoding, self.delimiter):
                if number > HEAD_ROWS:
                    return
                if any(cell.strip() for cell in cells):
                    yield _Header(number, cells)
        except IntakeError:
            if number == 0:
                raise
            # A later row cannot be read: that is said when rows are.

    def _read(self, wanted: Mapping[int, str]) -> Iterator[tuple[int, dict[int, str]]]:
        """Yield the cells of wanted columns of every row that is not blank."""
        if self._is_csv():
            yield from self._read_csv(wanted)
            return
        columns = {at: self.headers[at] for at in wanted}
        for row in sheet_rows(
            self.source,
            self.sheet,
            after=self.header_row,
            columns=columns,
            width=len(self.keys),
        ):
            if row.width > len(self.keys):
                raise self._ragged(row.number, row.width)
            yield row.number, row.cells

    def _read_csv(self, wanted: Mapping[int, str]) -> Iterator[tuple[int, dict[int, str]]]:
        width = len(self.keys)
        for number, cells in csv_rows(self.source, self.encoding, self.delimiter):
            if number <= self.header_row or not any(cells):
                continue
            if len(cells) != width:
                raise self._ragged(number, len(cells))
            yield number, {at: cells[at] for at in wanted}

    def _ragged(self, number: int, cells: int) -> IntakeError:
        return self.error(
            f"the row has {cells} cells where the header has {len(self.headers)}: "
            "is the file cut off, or a comma not in quotes?",
            number,
            self.headers[min(cells, len(self.headers)) - 1],
        )

    def _refuse_duplicate_columns(self) -> None:
        seen: set[str] = set()
        for key, header in zip(self.keys, self.headers, strict=True):
            if key and key in seen:
                reason = "the file has this column twice"
                raise self.error(reason, row=self.header_row, column=header)
            seen.add(key)

    def _check(self, number: int, cells: Mapping[int, str]) -> None:
        for at, cell in cells.items():
            if len(cell) > self.limits.cell_chars:
                reason = f"the cell has more than {self.limits.cell_chars:,} characters"
            elif "\0" in cell:
                reason = "the cell holds a NUL character"
            elif is_error_word(cell):
                reason = f"the cell holds {cell}, a formula that could not be worked out"
            else:
                continue
            raise self.error(reason, number, self.headers[at])
