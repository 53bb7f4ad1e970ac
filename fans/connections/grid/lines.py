"""What stands in one line of a sheet, and what a change makes of it. Pure.

A cell shows how often it happened on that day in all: what came from sheets and what
was logged in another way. Typing a total therefore never counts anything twice; a sheet
holds only what the rest of the log does not.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from fans.connections.grid.cells import PEOPLE, RATING, Cell

Values: TypeAlias = Mapping[Cell, int | None]


@dataclass
class Own:
    """What came from sheets: times by day, people and rating for the line as a whole."""

    days: dict[int, int] = field(default_factory=dict)
    people: int | None = None
    rating: int | None = None

    def get(self, cell: Cell) -> int | None:
        """Return what stands in a cell."""
        if isinstance(cell, int):
            return self.days.get(cell)
        return self.people if cell == PEOPLE else self.rating

    def put(self, cell: Cell, value: int | None) -> None:
        """Write a cell; a day without times holds nothing."""
        if not isinstance(cell, int):
            setattr(self, cell, value)
        elif value:
            self.days[cell] = value
        else:
            self.days.pop(cell, None)

    def settled(self) -> "Own":
        """Return it as it can be kept: nobody took part in what did not happen."""
        return Own(dict(self.days), self.people, self.rating) if self.days else Own()

    def shares(self) -> dict[int, int | None]:
        """Divide the people by how often it happened on each day; the sum is theirs."""
        shares: dict[int, int | None] = dict.fromkeys(self.days)
        if self.people is None:
            return shares
        total, before = sum(self.days.values()), 0
        for day in sorted(self.days):
            after = before + self.days[day]
            shares[day] = self.people * after // total - self.people * before // total
            before = after
        return shares


@dataclass(frozen=True)
class Period:
    """Something logged in one row for several days; no cell can show it."""

    first: dt.date
    last: dt.date
    times: int

    def holds(self, day: dt.date) -> bool:
        """Say whether a day lies in it."""
        return self.first <= day <= self.last


@dataclass
class Line:
    """What the log holds for one tie and direction in a month."""

    own: Own = field(default_factory=Own)
    elsewhere: dict[int, int] = field(default_factory=dict)  # logged in another way, by day
    people_elsewhere: int | None = None
    periods: list[Period] = field(default_factory=list)

    def shown(self, cell: Cell) -> int | None:
        """Return what a cell shows: the total of what is known."""
        if isinstance(cell, int):
            return self.own.days.get(cell, 0) + self.elsewhere.get(cell, 0) or None
        if cell == RATING:
            return self.own.rating
        known = [n for n in (self.own.people, self.people_elsewhere) if n is not None]
        return sum(known) if known else None

    def logged(self, cell: Cell) -> int:
        """Return how much of a cell was logged in another way."""
        if isinstance(cell, int):
            return self.elsewhere.get(cell, 0)
        return (self.people_elsewhere or 0) if cell == PEOPLE else 0


@dataclass
class Plan:
    """What becomes of a line."""

    own: Own
    edited: list[Cell] = field(default_factory=list)
    clashes: list[Cell] = field(default_factory=list)  # somebody else changed them too
    kept: list[Cell] = field(default_factory=list)  # the log holds more than was typed


def plan(line: Line, was: Values, typed: Values) -> Plan:
    """Bring what somebody typed together with what stands now.

    ``was`` is what the cells showed when the sheet was opened. A cell that was not
    typed in keeps what it holds now; one that was, and that meanwhile came to say
    something else again, is a clash, and is left for a person to decide.
    """
    own = Own(dict(line.own.days), line.own.people, line.own.rating)
    made = Plan(own)
    for cell, value in typed.items():
        before, now = was.get(cell), line.shown(cell)
        if value in (before, now):
            continue
        if now != before:
            made.clashes.append(cell)
            continue
        made.edited.append(cell)
        logged = line.logged(cell)
        if (value or 0) < logged:
            made.kept.append(cell)
        rest = None if value is None or value < logged else value - logged
        own.put(cell, rest)
    made.own = own.settled()
    return made


def undone(own: Own, changes: list[tuple[Cell, int | None, int | None]]) -> tuple[Own, int]:
    """Take changes of a line back where they still stand; count those that do not.

    A cell that somebody changed again since keeps what it says now.
    """
    back, left = Own(dict(own.days), own.people, own.rating), 0
    for cell, before, after in changes:
        if own.get(cell) == after:
            back.put(cell, before)
        else:
            left += 1
    return back.settled(), left
