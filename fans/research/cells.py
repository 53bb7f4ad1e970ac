"""Cells of a CSV file: nothing in them that a spreadsheet would run. Pure."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

Cell = str | int | float | bool | None

FORMULA_STARTS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""A spreadsheet reads a cell that begins so as a formula, in full width too."""

ROWS_AT_ONCE: Final = 500


def safe_text(text: str) -> str:
    """Return ``text`` on one line, without control characters, and never a formula.

    A tab or line break at its start is gone with the rest; a formula's first character
    is put behind an apostrophe.
    """
    visible = (" " if unicodedata.category(c).startswith("C") else c for c in text)
    line = " ".join("".join(visible).split())
    return f"'{line}" if line.startswith(FORMULA_STARTS) else line


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Write a header and rows as UTF-8 CSV, lines ended by LF, some hundred at a time."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    for number, row in enumerate(rows, start=1):
        writer.writerow([_written(cell) for cell in row])
        if number % ROWS_AT_ONCE == 0:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return safe_text(cell) if isinstance(cell, str) else repr(cell)
