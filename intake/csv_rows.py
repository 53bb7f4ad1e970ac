"""Rows of a CSV file, read as a stream, strictly."""

import csv
from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import Final

from intake.errors import IntakeError
from intake.limits import import_limits, in_words
from intake.source import SourceFile

_MEANINGS: Final = {
    "unexpected end of data": "a quote is opened and never closed: is the file cut off?",
    "expected after": "a quote stands inside a cell, where it is written twice",
    "new-line character": "a line ends in a lone carriage return: please save the file anew",
    "field larger than": "a cell is longer than any may be: is a quote never closed?",
}
"""Parts of what the csv module says, and what that means."""

_LONG_LINE: Final = "a line of more than"


def csv_rows(
    source: SourceFile, encoding: str, delimiter: str = ","
) -> Iterator[tuple[int, list[str]]]:
    """Yield every row with its number, blank ones too.

    Raises:
        IntakeError: at the first row that cannot be read with certainty.
    """
    lines = _Lines(source, encoding)
    reader = csv.reader(lines, strict=True, delimiter=delimiter)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reason = f"the row cannot be read ({_in_words(error)})"
            raise IntakeError(reason, file=source.name, row=number) from error
        except UnicodeDecodeError as error:
            raise _encoding_error(source, number, lines, error) from error
        yield number, cells


def delimiter_of(source: SourceFile, encoding: str) -> str:
    """Return what stands between columns: a comma, unless the first row has none.

    Spreadsheets of other countries put a semicolon there, or a tab.
    """
    try:
        _, first = next(csv_rows(source, encoding), (0, []))
    except IntakeError:
        return ","  # the row is read again, and refused then
    if len(first) != 1:
        return ","
    return next((mark for mark in ";\t" if mark in first[0]), ",")


def _in_words(error: csv.Error) -> str:
    """Say what the csv module means."""
    said = str(error)
    if said.startswith(_LONG_LINE):
        return said
    found = (words for mark, words in _MEANINGS.items() if mark in said)
    return next(found, "its cells cannot be told apart")


def _encoding_error(
    source: SourceFile, row: int, lines: "_Lines", error: UnicodeDecodeError
) -> IntakeError:
    byte = error.object[error.start]
    reason = (
        f"the file is not {lines.encoding.upper()}: byte {byte:#04x} at position "
        f"{lines.offset + error.start + 1:,} of the file. Please save it as UTF-8, or "
        "choose Windows 1252 (--encoding cp1252) if it comes from an older spreadsheet"
    )
    return IntakeError(reason, file=source.name, row=row)


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
                    raise csv.Error(f"{_LONG_LINE} {in_words(longest)}")
                yield line.decode(self.encoding)
                self.offset += len(line)
