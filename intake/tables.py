"""Tables from CSV files, read as a stream, strictly: a row never vanishes silently."""

import csv
import re
from codecs import BOM_UTF8
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from intake.errors import IntakeError
from intake.limits import import_limits, in_words
from intake.source import SourceFile

ENCODINGS = ("utf-8", "cp1252")
"""What a file may be asked to be; UTF-8 (with or without its mark) unless told."""

NO_VALUE = frozenset({"", "NA", "N/A", "NULL", "-", "*"})


@lru_cache(maxsize=1024)
def header_key(header: str) -> str:
    """Reduce a header to what real files agree on: lower case, letters and digits."""
    return re.sub(r"[^a-z0-9]", "", header.lower())


@dataclass(frozen=True)
class Row:
    """One row; ``number`` as a spreadsheet shows it (the header is row 1)."""

    number: int
    cells: dict[str, str]

    def raw(self, column: str) -> str:
        """Return a cell as written; "" where the file has no such column."""
        return self.cells.get(header_key(column), "")

    def get(self, column: str) -> str:
        """Return a cell's value without outer spaces; "" for NA, - and the like."""
        value = self.raw(column).strip()
        return "" if value in NO_VALUE else value


class Table:
    """A CSV file with one header row.

    Columns are found by name whatever their case, punctuation and order. Everything that
    would shift or lose a cell refuses the file: ragged rows, an unclosed quote, a wrong
    encoding, two columns of one name.
    """

    def __init__(self, source: SourceFile, *, encoding: str = "utf-8") -> None:
        self.source = source
        self.limits = import_limits()
        self.encoding = encoding
        self.blank_rows = 0
        self.headers = self._first_row()
        self.keys = [header_key(header) for header in self.headers]
        self._refuse_duplicate_columns()

    def has(self, *columns: str) -> bool:
        """Say whether the file has all of ``columns``."""
        return {header_key(column) for column in columns} <= set(self.keys)

    def require(self, columns: Iterable[str]) -> None:
        """Refuse the file unless it has all of ``columns``.

        Raises:
            IntakeError: names the first column that is missing, and lists the rest.
        """
        missing = [column for column in columns if not self.has(column)]
        if not missing:
            return
        others = f" (also missing: {', '.join(missing[1:])})" if missing[1:] else ""
        raise self.error(f"the file has no such column{others}", row=1, column=missing[0])

    def rows(self, *, only: Collection[str] | None = None) -> Iterator[Row]:
        """Yield every row that is not blank; blank ones are counted in ``blank_rows``.

        ``only``: the columns that rows keep; what else stands in the file is forgotten.

        Raises:
            IntakeError: at the first row that cannot be read with certainty.
        """
        found = False
        wanted = None if only is None else {header_key(column) for column in only}
        for number, cells in self._numbered():
            if number == 1:
                continue
            if not any(cells):
                self.blank_rows += 1
                continue
            if number - 1 > self.limits.rows:
                raise self.error(f"the file has more than {self.limits.rows:,} rows", number)
            self._check(number, cells)
            found = True
            pairs = zip(self.keys, cells, strict=True)
            yield Row(number, {k: v for k, v in pairs if wanted is None or k in wanted})
        if not found:
            raise self.error("the file has a header and no rows")

    def error(self, reason: str, row: int | None = None, column: str = "") -> IntakeError:
        """Return a refusal of this file that names the place."""
        return IntakeError(reason, file=self.source.name, row=row, column=column)

    def _first_row(self) -> list[str]:
        for _, cells in self._numbered():
            if not any(cell.strip() for cell in cells):
                break
            return cells
        raise self.error("the first row holds no column names", row=1)

    def _refuse_duplicate_columns(self) -> None:
        seen: set[str] = set()
        for key, header in zip(self.keys, self.headers, strict=True):
            if key and key in seen:
                raise self.error("the file has this column twice", row=1, column=header)
            seen.add(key)

    def _check(self, number: int, cells: Sequence[str]) -> None:
        if len(cells) != len(self.keys):
            raise self.error(
                f"the row has {len(cells)} cells where the header has {len(self.keys)}: "
                "is the file cut off, or a comma not in quotes?",
                number,
                self.headers[min(len(cells), len(self.headers)) - 1],
            )
        for header, cell in zip(self.headers, cells, strict=True):
            if len(cell) > self.limits.cell_chars:
                most = f"{self.limits.cell_chars:,}"
                raise self.error(f"the cell has more than {most} characters", number, header)
            if "\0" in cell:
                raise self.error("the cell holds a NUL character", number, header)

    def _numbered(self) -> Iterator[tuple[int, list[str]]]:
        lines = _Lines(self.source, self.encoding)
        reader = csv.reader(lines, strict=True)
        number = 0
        while True:
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                reason = f"the row cannot be read ({error}): is the file cut off?"
                raise self.error(reason, number) from error
            except UnicodeDecodeError as error:
                raise self._encoding_error(number, lines, error) from error
            yield number, cells

    def _encoding_error(
        self, row: int, lines: "_Lines", error: UnicodeDecodeError
    ) -> IntakeError:
        if self.source.starts_with_utf16():
            return self.error("the file is UTF-16; please save it as CSV in UTF-8")
        byte = error.object[error.start]
        return self.error(
            f"the file is not {self.encoding.upper()}: byte {byte:#04x} at position "
            f"{lines.offset + error.start + 1:,} of the file. Please save it as UTF-8, or "
            "add --encoding cp1252 if it comes from an older spreadsheet",
            row,
        )


class _Lines:
    """Decoded lines of a file; ``offset`` is where the line at hand starts, in bytes."""

    def __init__(self, source: SourceFile, encoding: str) -> None:
        self.source, self.encoding = source, encoding
        self.offset = 0

    def __iter__(self) -> Iterator[str]:
        longest = import_limits().packed_bytes
        with self.source.path.open("rb") as file:
            if file.read(len(BOM_UTF8)) == BOM_UTF8:
                self.offset = len(BOM_UTF8)
            file.seek(self.offset)
            while line := file.readline(longest):
                if len(line) == longest:
                    raise csv.Error(f"a line of more than {in_words(longest)}")
                yield line.decode(self.encoding)
                self.offset += len(line)
