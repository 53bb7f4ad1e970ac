"""What somebody typed into a sheet, read from a form."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from fans.connections.grid.cells import (
    MOST_LIVING_HERE,
    NUMBERS,
    Cell,
    LineKey,
    UnreadableError,
    cells_of,
    read_cell,
    read_number,
)

MOST_LINES: Final = 28
"""25 ties and three added: with 31 days each, what the settings let a form have."""


@dataclass
class TypedLine:
    """One line as it was typed, and as it was when the sheet was opened."""

    key: LineKey
    was: dict[Cell, int | None]
    texts: dict[Cell, str]
    values: dict[Cell, int | None] = field(default_factory=dict)
    unreadable: dict[Cell, str] = field(default_factory=dict)  # why

    @property
    def is_edited(self) -> bool:
        """Say whether anything was typed into it."""
        return any(self.was.get(cell) != value for cell, value in self.values.items())

    def is_edited_at(self, cell: Cell) -> bool:
        """Say whether something was typed into a cell."""
        return cell in self.unreadable or self.was.get(cell) != self.values.get(cell)


@dataclass
class TypedSheet:
    """A sheet as it came back: its lines, and the month's three numbers."""

    lines: list[TypedLine] = field(default_factory=list)
    numbers_was: dict[str, int | None] = field(default_factory=dict)
    number_texts: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, int | None] = field(default_factory=dict)
    unreadable: dict[str, str] = field(default_factory=dict)


def read_sheet(data: Mapping[str, Any], keys: list[str], month: dt.date) -> TypedSheet:
    """Read a form: ``keys`` name its lines, each cell is ``<line>-<day>``.

    What cannot be read is kept as it was typed, with why. A line that nobody could have
    been shown is left out.
    """
    sheet = TypedSheet()
    known = (LineKey.read(key) for key in dict.fromkeys(keys))
    lines = [key for key in known if key is not None]
    for key in lines[:MOST_LINES]:
        sheet.lines.append(_read_line(data, key, month))
    was = str(data.get("numbers-was", "")).split(",")
    for index, name in enumerate(NUMBERS):
        if name not in data:
            continue
        sheet.numbers_was[name] = _was(was, index)
        sheet.number_texts[name] = text = str(data[name])
        try:
            sheet.numbers[name] = read_number(text, most=MOST_LIVING_HERE, what="a number")
        except UnreadableError as why:
            sheet.unreadable[name] = str(why)
    return sheet


def _read_line(data: Mapping[str, Any], key: LineKey, month: dt.date) -> TypedLine:
    cells = list(cells_of(month))
    was = str(data.get(f"{key}-was", "")).split(",")
    line = TypedLine(key, {cell: _was(was, index) for index, cell in enumerate(cells)}, {})
    for cell in cells:
        # A field that was not sent, such as a day still to come, was not typed into.
        text = line.texts[cell] = str(data.get(key.field(cell), as_text(line.was[cell])))
        try:
            line.values[cell] = _read_unless_untouched(cell, text, line.was[cell])
        except UnreadableError as why:
            line.unreadable[cell] = str(why)
    return line


def _read_unless_untouched(cell: Cell, text: str, was: int | None) -> int | None:
    """Read a cell; what was in the log before needs no limit of ours."""
    return was if text.strip() == str(was) else read_cell(cell, text)


def as_text(number: int | None) -> str:
    """Write what stands in a cell."""
    return "" if number is None else str(number)


def _was(numbers: list[str], index: int) -> int | None:
    text = numbers[index] if index < len(numbers) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
