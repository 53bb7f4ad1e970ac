"""Brings a sheet together with what the log holds now, and says what is in the way."""

import datetime as dt
from dataclasses import dataclass, field

from assets.standing import stands_for
from assets.twins import following
from fans.connections.candidates import places_for
from fans.connections.errors import ConnectionsError
from fans.connections.grid.cells import PEOPLE, RATING, WAYS, Cell, LineKey
from fans.connections.grid.errors import Problem
from fans.connections.grid.lines import Own, Plan, plan
from fans.connections.grid.reading import Known, Month, read_month
from fans.connections.grid.rows import row_of
from fans.connections.grid.typed import TypedLine, TypedSheet
from fans.connections.models import Partnership, Rating
from fans.connections.services.checks import HomeFacts, check_entry
from fans.connections.services.partners import (
    find_or_start_partnership,
    partner_for_asset,
    refuse_if_over,
)
from fans.people.models import Person
from homes.models import Home


@dataclass
class PlannedLine:
    """What becomes of one line."""

    key: LineKey
    tie: Partnership
    known: Known
    own: Own


@dataclass
class Planned:
    """What becomes of a sheet, and why it cannot."""

    lines: list[PlannedLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    clashes: list[Problem] = field(default_factory=list)
    overlaps: list[Problem] = field(default_factory=list)
    kept: list[Problem] = field(default_factory=list)


def plan_lines(*, by: Person, home: Home, month: dt.date, sheet: TypedSheet) -> Planned:
    """Plan every line that something was typed into; a place's first line starts its tie.

    The caller holds the log. The number of queries does not grow with cells or ties; a
    place that has no tie yet costs a few.
    """
    edited = [line for line in sheet.lines if line.is_edited or line.unreadable]
    ties = _ties_of(by, home, edited)
    return _Planner(home, month, read_month(home, month) if edited else {}).all(edited, ties)


def _ties_of(
    by: Person, home: Home, lines: list[TypedLine]
) -> dict[LineKey, Partnership | ConnectionsError]:
    """Return the tie of each line, or why it has none; ties are held against merges."""
    held = following.hold_all(
        Partnership, {one.key.pk for one in lines if one.key.kind == "tie"}
    )
    found = home.partnerships.select_related("partner__asset").in_bulk(list(held.values()))
    ties: dict[LineKey, Partnership | ConnectionsError] = {}
    for key in (line.key for line in lines):
        try:
            tie = found.get(held.get(key.pk)) if key.kind == "tie" else _started(by, home, key)
            if tie is None:
                raise ConnectionsError("This is not one of the home’s ties any more.")
            refuse_if_over(tie)
        except ConnectionsError as refusal:
            ties[key] = refusal
        else:
            ties[key] = tie
    return ties


def _started(by: Person, home: Home, key: LineKey) -> Partnership | None:
    place = places_for(by).filter(pk=stands_for(key.pk)).first()
    if place is None:
        return None
    return find_or_start_partnership(home=home, partner=partner_for_asset(place), by=by)


class _Planner:
    """Plans the lines of one home and month."""

    def __init__(self, home: Home, month: dt.date, log: Month) -> None:
        self.home, self.month, self.log = home, month, log
        self.facts = HomeFacts(home)
        self.made = Planned()
        self.seen: set[LineKey] = set()

    def all(
        self, lines: list[TypedLine], ties: dict[LineKey, Partnership | ConnectionsError]
    ) -> Planned:
        """Plan each line."""
        for line in lines:
            tie = ties[line.key]
            if isinstance(tie, Partnership):
                self._plan(line, tie)
            else:
                self._say(self.made.problems, line.key, "", 1, str(tie))
        return self.made

    def _plan(self, line: TypedLine, tie: Partnership) -> None:
        key, name = LineKey("tie", tie.pk, line.key.direction), str(tie.partner)
        for cell, why in line.unreadable.items():
            self._say(self.made.problems, line.key, name, cell, why)
        if key in self.seen:
            words = "This line is on the sheet twice. Put all of it into one of them."
            self._say(self.made.problems, line.key, name, 1, words)
            return
        self.seen.add(key)
        known = self.log[key]
        planned = plan(known.line, line.was, line.values)
        for cell in planned.clashes:
            words = _clash_words(cell, line.values[cell], known.line.shown(cell))
            self._say(self.made.clashes, line.key, name, cell, words)
        for cell in planned.kept:
            words = f"The log holds {known.line.logged(cell)}, logged one by one."
            self._say(self.made.kept, line.key, name, cell, words)
        self._find_overlaps(line, name, known, planned)
        self._check(line, tie, planned)
        self.made.lines.append(PlannedLine(key, tie, known, planned.own))

    def _find_overlaps(self, line: TypedLine, name: str, known: Known, planned: Plan) -> None:
        own = known.line.own
        for cell in planned.edited:
            if not isinstance(cell, int) or (own.get(cell) or 0) >= (
                planned.own.get(cell) or 0
            ):
                continue
            day = self.month.replace(day=cell)
            for period in known.line.periods:
                if period.holds(day):
                    words = (
                        f"The log has {period.times} for {_span(period.first, period.last)} "
                        "already, in one entry."
                    )
                    self._say(self.made.overlaps, line.key, name, cell, words)

    def _check(self, line: TypedLine, tie: Partnership, planned: Plan) -> None:
        shares, refused = planned.own.shares(), set()
        for day, times in planned.own.days.items():
            said = {"occurrences": times, "residents_count": shares[day]}
            on = self.month.replace(day=day)
            row = row_of(home=self.home, tie=tie, direction=line.key.direction, day=on, **said)
            try:
                check_entry(row, self.facts)
            except ConnectionsError as refusal:
                cell: Cell = PEOPLE if refusal.field == "residents_count" else day
                if cell not in refused and cell in (PEOPLE, *planned.edited):
                    self._say(
                        self.made.problems, line.key, str(tie.partner), cell, str(refusal)
                    )
                refused.add(cell)
        for cell in (PEOPLE, RATING):
            if cell in planned.edited and cell not in planned.kept and not planned.own.days:
                self._refuse_without_times(line, str(tie.partner), cell)

    def _refuse_without_times(self, line: TypedLine, name: str, cell: Cell) -> None:
        if line.values[cell] is not None:
            words = "Put how many times first: nothing on this line is from a sheet yet."
            self._say(self.made.problems, line.key, name, cell, words)

    def _say(
        self, into: list[Problem], key: LineKey, name: str, cell: Cell, words: str
    ) -> None:
        into.append(Problem(key.field(cell), where(key, name, cell, self.month), words))


def where(key: LineKey, name: str, cell: Cell, month: dt.date) -> str:
    """Name a cell by its row and day: "Canal Side Garden, we go, 3 October"."""
    row = f"{name}, {WAYS[key.direction]}" if name else WAYS[key.direction].capitalize()
    if isinstance(cell, int):
        return f"{row}, {cell} {month:%B}"
    return f"{row}, {'people in all' if cell == PEOPLE else 'how it went'}"


def _clash_words(cell: Cell, yours: int | None, theirs: int | None) -> str:
    def said(value: int | None) -> str:
        if value is None:
            return "nothing"
        return f"“{Rating(value).label}”" if cell == RATING else str(value)

    return (
        f"You put {said(yours)}. Meanwhile somebody else put {said(theirs)}. "
        "Leave yours to have it so, or put theirs."
    )


def _span(first: dt.date, last: dt.date) -> str:
    return f"{first.day} {first:%B} to {last.day} {last:%B}"
