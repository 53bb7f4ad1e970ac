"""Turns the content of an .ods file into rows, with what the XML parser tells of it.

Source: OpenDocument 1.3, part 3, chapters 9 (tables) and 19 (attributes).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from xml.parsers import expat

from intake import ods_values
from intake.errors import IntakeError
from intake.limits import import_limits
from intake.ods_archive import content_chunks
from intake.source import SourceFile

HEAD_ROWS: Final = 10
"""Rows of a sheet that are looked at for its headers."""

MOST_COLUMNS: Final = 16_384
"""As many as spreadsheets have."""

_MOST_DEPTH: Final = 100
_MOST_SPACES: Final = 1_000
_LONGEST_PIECE_BYTES: Final = 16 * 2**20

_T: Final = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_X: Final = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_TABLE, _ROW = f"{_T}table", f"{_T}table-row"
_CELL, _COVERED = f"{_T}table-cell", f"{_T}covered-table-cell"
_P, _SPACES = f"{_X}p", f"{_X}s"
_BREAKS: Final = {f"{_X}tab": "\t", f"{_X}line-break": "\n"}
_ASIDE: Final = (
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0 annotation",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0 ",
)
_COLUMNS_REPEATED: Final = f"{_T}number-columns-repeated"
_ROWS_REPEATED: Final = f"{_T}number-rows-repeated"


@dataclass(frozen=True, slots=True)
class OdsRow:
    """A row that is not blank; ``cells`` by column from 0, blank ones left out."""

    number: int
    cells: dict[int, str]
    width: int
    repeated: int = 1
    merged: bool = False


class ContentParser:
    """Reads all columns of the first rows of every sheet, or some columns of one sheet."""

    def __init__(
        self,
        source: SourceFile,
        *,
        sheet: int | None = None,
        columns: Mapping[int, str] | None = None,
        width: int = 0,
    ) -> None:
        self.source, self.only, self.columns, self.within = source, sheet, columns, width
        self.single = frozenset(columns or ())
        self.most_characters = import_limits().cell_chars
        self.ready: list[tuple[int, OdsRow | None]] = []
        self.sheet, self.number, self.repeated = -1, 0, 1
        self.reading = self.in_cell = self.merged = False
        self.cells: dict[int, str] = {}
        self.column, self.columns_repeated, self.width = 0, 1, 0
        self.wanted = self.filled = self.is_error = self.in_paragraph = False
        self.value: str | None = None
        self.text: list[str] = []
        self.characters = self.paragraphs = self.depth = self.aside = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype
        self.parser.EntityDeclHandler = self._refuse_doctype

    def rows(self) -> Iterator[tuple[int, OdsRow | None]]:
        """Yield number of the sheet and row; None after the last row that is read of it.

        Raises:
            IntakeError: the file cannot be read.
        """
        fed = 0
        try:
            for chunk in content_chunks(self.source):
                self.parser.Parse(chunk, False)
                fed += len(chunk)
                if fed - self.parser.CurrentByteIndex > _LONGEST_PIECE_BYTES:
                    raise self._error("one piece of it is longer than any cell may be")
                yield from self._taken()
            self.parser.Parse(b"", True)
            yield from self._taken()
        except expat.ExpatError as error:
            reason = "the spreadsheet cannot be read to its end: is it cut off or damaged?"
            raise self._error(reason) from error

    def _taken(self) -> list[tuple[int, OdsRow | None]]:
        taken, self.ready = self.ready, []
        return taken

    def _start(self, name: str, attrs: dict[str, str]) -> None:
        if name == _CELL:  # first: millions of them
            self._start_cell(attrs)
        elif name == _P:
            if self.wanted:
                self._start_paragraph()
        elif name == _COVERED:
            self._start_cell(attrs, covered=True)
        elif name == _ROW:
            self._start_row(attrs)
        else:
            self._start_other(name, attrs)

    def _end(self, name: str) -> None:
        if name in (_CELL, _COVERED):
            self.in_cell = False
            if self.wanted:
                self._keep()
            if self.filled:
                self.width = min(self.column + self.columns_repeated, MOST_COLUMNS)
        elif name == _P:
            if self.in_paragraph and not self.aside:
                self.in_paragraph, self.parser.CharacterDataHandler = False, None
        elif name == _ROW:
            self._end_row()
        else:
            self._end_other(name)

    def _start_row(self, attrs: dict[str, str]) -> None:
        self._refuse_nesting()
        self.number += self.repeated
        self.repeated = self._count(attrs, _ROWS_REPEATED)
        self.cells, self.column, self.width, self.merged = {}, 0, 0, False
        self.columns_repeated = 0
        if self.only is None and self.number > HEAD_ROWS:
            self._finish_sheet()

    def _end_row(self) -> None:
        if self.width and self.reading:
            row = OdsRow(self.number, self.cells, self.width, self.repeated, self.merged)
            self.ready.append((self.sheet, row))

    def _finish_sheet(self) -> None:
        if self.reading:
            self.reading = False
            self.ready.append((self.sheet, None))

    def _start_cell(self, attrs: dict[str, str], *, covered: bool = False) -> None:
        if self.in_cell:
            self._refuse_nesting()
        self.in_cell = True
        self.column = column = self.column + self.columns_repeated
        if _COLUMNS_REPEATED in attrs:
            self.columns_repeated = self._count(attrs, _COLUMNS_REPEATED)
            self.wanted = self.reading and self._is_wanted()
        else:
            self.columns_repeated = 1
            self.wanted = self.reading and (column in self.single or column >= self.within)
        self.filled = ods_values.TYPE in attrs and not covered
        if covered:
            self._cover()
        elif self.wanted:
            self.is_error = ods_values.is_error(attrs)
            self.value = ods_values.value_of(attrs)
            self.characters = self.paragraphs = 0
            self.text.clear()

    def _keep(self) -> None:
        self.wanted = False
        text = "".join(self.text) if self.value is None else self.value
        if self.is_error:
            text = ods_values.error_word(text)
        self.filled = bool(text)
        if text:
            last = min(self.column + self.columns_repeated, MOST_COLUMNS)
            for column in range(self.column, last):
                self.cells[column] = text

    def _is_wanted(self) -> bool:
        if self.columns is None:
            return True
        last = self.column + self.columns_repeated
        return last > self.within or any(self.column <= at < last for at in self.columns)

    def _start_paragraph(self) -> None:
        if self.aside or self.value is not None:
            return
        if self.paragraphs:
            self._characters("\n")
        self.paragraphs += 1
        self.in_paragraph = True
        self.parser.CharacterDataHandler = self._characters

    def _characters(self, text: str) -> None:
        self.characters += len(text)
        if self.characters > self.most_characters:
            if self.columns is None:
                return  # said when the row itself is read
            reason = f"the cell has more than {self.most_characters:,} characters"
            raise self._error(reason, self.number, self.columns.get(self.column, ""))
        self.text.append(text)

    def _start_other(self, name: str, attrs: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > _MOST_DEPTH:
            raise self._error("the spreadsheet is nested too deeply")
        if name == _TABLE:
            self._refuse_nesting()
            self.sheet, self.number, self.repeated = self.sheet + 1, 0, 1
            self.reading = self.only in {None, self.sheet}
        elif self.in_cell and (self.aside or name.startswith(_ASIDE)):
            self.aside += 1  # a note or a picture in the cell, not what the cell says
            self.parser.CharacterDataHandler = None
        elif self.parser.CharacterDataHandler is not None:
            if name == _SPACES:
                spaces = self._count(attrs, f"{_X}c")
                self._characters(" " * min(spaces, _MOST_SPACES))
            elif name in _BREAKS:
                self._characters(_BREAKS[name])

    def _end_other(self, name: str) -> None:
        self.depth -= 1
        if self.aside:
            self.aside -= 1
            if not self.aside and self.in_paragraph:
                self.parser.CharacterDataHandler = self._characters
        elif name == _TABLE:
            self._finish_sheet()

    def _refuse_nesting(self) -> None:
        if self.in_cell:
            raise self._error("a table stands inside a cell", self.number)

    def _cover(self) -> None:
        self.merged = True
        if self.wanted and self.columns is not None:
            last = min(self.column + self.columns_repeated, MOST_COLUMNS)
            named = [self.columns[at] for at in range(self.column, last) if at in self.columns]
            if named:
                reason = "the cell is merged with another; please take the merging away"
                raise self._error(reason, self.number, named[0])
        self.wanted = False

    def _refuse_doctype(self, *args: Any) -> None:
        raise self._error("the spreadsheet declares a document type, which none needs")

    def _count(self, attrs: dict[str, str], name: str) -> int:
        count = attrs.get(name, "1")
        if not (count.isascii() and count.isdigit() and len(count) < 10 and int(count)):
            raise self._error(f'"{count[:20]}" is no number of repetitions', self.number)
        return int(count)

    def _error(self, reason: str, row: int | None = None, column: str = "") -> IntakeError:
        return IntakeError(reason, file=self.source.name, row=row, column=column)
