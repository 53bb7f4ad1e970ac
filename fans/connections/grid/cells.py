"""The cells of a sheet: what they are called, and what may stand in one. Pure."""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Self, TypeAlias

PEOPLE: Final = "people"
RATING: Final = "rating"
Cell: TypeAlias = int | str
"""A day of the month, or ``PEOPLE`` or ``RATING`` of the whole line."""

MOST_TIMES: Final = 50
"""More often than this on one day is a slip of the finger."""

MOST_PEOPLE: Final = 5000
MOST_RATING: Final = 5

WAYS: Final = {
    "in": "they come",
    "out": "we go",
    "online": "online",
    "letter": "by letter",
}

NUMBERS: Final = {
    "occupied_beds": "People living here",
    "residents_out": "Went beyond the grounds",
    "residents_reached": "Met someone from outside",
}
"""The month's three numbers."""

MOST_LIVING_HERE: Final = 500

_LINE: Final = re.compile(r"(tie|place)-([1-9][0-9]{0,17})-(in|out|online|letter)")
_NUMBER: Final = re.compile(r"[0-9]{1,9}")
_SHOWN: Final = 20


class UnreadableError(Exception):
    """What stands in a cell is no number that fits there; the words say what does."""


@dataclass(frozen=True, order=True)
class LineKey:
    """Which line of a sheet: a tie, or a place without one yet, and a direction."""

    kind: str  # "tie" or "place"
    pk: int
    direction: str

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Read ``tie-12-in``; None for anything else."""
        match = _LINE.fullmatch(text)
        return cls(match[1], int(match[2]), match[3]) if match else None

    def __str__(self) -> str:
        return f"{self.kind}-{self.pk}-{self.direction}"

    def field(self, cell: Cell) -> str:
        """Name a cell of this line in the form."""
        return f"{self}-{cell}"


def days_in(month: dt.date) -> int:
    """Count the days of the month that begins on ``month``."""
    return monthrange(month.year, month.month)[1]


def cells_of(month: dt.date) -> Iterator[Cell]:
    """Yield the cells of a line, in the order of the page."""
    yield from range(1, days_in(month) + 1)
    yield from (PEOPLE, RATING)


def read_number(text: str, *, most: int, what: str) -> int | None:
    """Read a whole number up to ``most``; nothing typed is None.

    Raises:
        UnreadableError: it is anything else.
    """
    plain = text.strip()
    if not plain:
        return None
    shown = plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}…"
    if not _NUMBER.fullmatch(plain):
        raise UnreadableError(
            f"“{shown}” is not {what}. Put a number from 0 to {most}, or leave it blank."
        )
    if int(plain) > most:
        raise UnreadableError(f"{shown} is too many. Put a number from 0 to {most}.")
    return int(plain)


def read_cell(cell: Cell, text: str) -> int | None:
    """Read what was typed into a cell; for a day and a rating, 0 says as much as nothing.

    Raises:
        UnreadableError: no number that fits there.
    """
    if cell == PEOPLE:
        return read_number(text, most=MOST_PEOPLE, what="a number of people")
    if cell == RATING:
        return read_number(text, most=MOST_RATING, what="one of the answers") or None
    return read_number(text, most=MOST_TIMES, what="a number of times") or None
