"""A month's sheet as the page shows it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils import timezone

from assets.twins import following
from fans.connections.candidates import places_for
from fans.connections.grid.cells import (
    NUMBERS,
    PEOPLE,
    RATING,
    Cell,
    LineKey,
    cells_of,
    days_in,
)
from fans.connections.grid.errors import NotSavedError
from fans.connections.grid.lines import Line, Period
from fans.connections.grid.planning import where
from fans.connections.grid.reading import Head, Month, head_of, heads_of, read_month, times_in
from fans.connections.grid.tally import numbers_of
from fans.connections.grid.typed import TypedLine, TypedSheet, as_text
from fans.connections.models import PartnerKind, Partnership
from fans.people.models import Person
from homes.models import Home

LINES_ON_A_PAGE: Final = 25


@dataclass(frozen=True)
class CellView:
    """One field of the sheet."""

    cell: Cell
    name: str
    label: str  # its row and day
    text: str
    logged: int  # how much of it was logged in another way
    wrong: str  # what needs another look
    to_come: bool = False


@dataclass(frozen=True)
class RowView:
    """One line of the sheet."""

    key: LineKey  # what its fields are named after
    head: Head
    was: str  # what the cells hold now, as the form sends it back
    days: list[CellView]
    people: CellView
    rating: CellView
    periods: list[Period]


@dataclass
class SheetView:
    """A sheet, filled with what the log holds, or with what somebody typed."""

    home: Home
    month: dt.date
    rows: list[RowView] = field(default_factory=list)
    pages: int = 1
    page: int = 1
    from_sheets: int = 0
    logged_otherwise: int = 0
    numbers: list[CellView] = field(default_factory=list)
    numbers_was: str = ""

    @property
    def days(self) -> range:
        """The days of the month."""
        return range(1, days_in(self.month) + 1)

    @property
    def first_wrong(self) -> str:
        """The field to look at first, if any needs another look."""
        cells = (cell for row in self.rows for cell in (*row.days, row.people, row.rating))
        return next((one.name for one in (*cells, *self.numbers) if one.wrong), "")

    @property
    def weeks(self) -> list[tuple[int, int]]:
        """First and last day of each part that a phone shows at a time."""
        last = self.days[-1]
        return [(first, min(first + 6, last)) for first in range(1, last + 1, 7)]


def sheet_of(home: Home, month: dt.date, *, page: int) -> SheetView:
    """Return a page of the sheet as the log has it."""
    log = read_month(home, month)
    heads = heads_of(home, log)
    pages = max(1, -(-len(heads) // LINES_ON_A_PAGE))
    page = min(max(page, 1), pages)
    shown = heads[(page - 1) * LINES_ON_A_PAGE : page * LINES_ON_A_PAGE]
    view = SheetView(home, month, pages=pages, page=page)
    return _filled(view, log, [(head, None) for head in shown], TypedSheet(), None)


def sheet_as_typed(
    person: Person,
    home: Home,
    month: dt.date,
    sheet: TypedSheet,
    refused: NotSavedError | None = None,
) -> SheetView:
    """Return the sheet with all that was typed, and what is in the way beside each cell.

    A cell that nobody typed into shows what the log has by now.
    """
    heads = _heads_by_key(person, home, [line.key for line in sheet.lines])
    lines = [(heads[line.key], line) for line in sheet.lines]
    view = SheetView(home, month)
    return _filled(view, read_month(home, month), lines, sheet, refused)


def _filled(
    view: SheetView,
    log: Month,
    lines: Sequence[tuple[Head, TypedLine | None]],
    sheet: TypedSheet,
    refused: NotSavedError | None,
) -> SheetView:
    wrong = _wrong(refused)
    today = timezone.localdate()
    for head, typed in lines:
        line = log[head.key].line if head.key in log else Line()
        view.rows.append(_row(head, line, typed, view.month, today, wrong))
    view.from_sheets, view.logged_otherwise = times_in(
        log[head.key].line for head, _ in lines if head.key in log
    )
    now = numbers_of(view.home, view.month)
    view.numbers_was = ",".join(as_text(now[name]) for name in NUMBERS)
    for name, label in NUMBERS.items():
        text = as_text(now[name])
        if name in sheet.unreadable or sheet.numbers.get(name) != sheet.numbers_was.get(name):
            text = sheet.number_texts[name]
        view.numbers.append(CellView(name, name, label, text, 0, wrong.get(name, "")))
    return view


def _wrong(refused: NotSavedError | None) -> dict[str, str]:
    if refused is None:
        return {}
    found = [*refused.overlaps, *refused.clashes, *refused.problems]
    return {problem.field: problem.words for problem in found}


def _row(
    head: Head,
    line: Line,
    typed: TypedLine | None,
    month: dt.date,
    today: dt.date,
    wrong: dict[str, str],
) -> RowView:
    key = typed.key if typed else head.key
    views: dict[Cell, CellView] = {}
    for cell in cells_of(month):
        text = as_text(line.shown(cell))
        if typed and typed.is_edited_at(cell):
            text = typed.texts[cell]
        views[cell] = CellView(
            cell=cell,
            name=key.field(cell),
            label=where(key, head.name, cell, month),
            text=text,
            logged=line.logged(cell),
            wrong=wrong.get(key.field(cell), ""),
            to_come=isinstance(cell, int) and month.replace(day=cell) > today,
        )
    people, rating = views.pop(PEOPLE), views.pop(RATING)
    was = ",".join(as_text(line.shown(cell)) for cell in cells_of(month))
    return RowView(key, head, was, list(views.values()), people, rating, line.periods)


def _heads_by_key(person: Person, home: Home, keys: list[LineKey]) -> dict[LineKey, Head]:
    ties = following.hold_all(Partnership, {key.pk for key in keys if key.kind == "tie"})
    found = home.partnerships.select_related("partner__asset").in_bulk(list(ties.values()))
    places = places_for(person).in_bulk([key.pk for key in keys if key.kind == "place"])
    tied = {
        tie.partner.asset_id: tie
        for tie in home.partnerships.select_related("partner__asset").filter(
            partner__asset__in=list(places)
        )
    }
    heads = {}
    for key in keys:
        tie = found.get(ties.get(key.pk)) if key.kind == "tie" else tied.get(key.pk)
        if tie is not None:
            heads[key] = head_of(tie, key.direction)
        elif key.kind == "place" and key.pk in places:
            place = places[key.pk]
            heads[key] = Head(key, place.name, place.category, PartnerKind.ASSET, False)
        else:
            heads[key] = Head(key, "A tie that is no longer there", "", "", True)
    return heads
