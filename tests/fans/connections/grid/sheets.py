"""Ways to type into a sheet in tests."""

import datetime as dt

from fans.connections.grid.cells import LineKey, cells_of
from fans.connections.grid.reading import read_month
from fans.connections.grid.services import save_month
from fans.connections.grid.typed import as_text, read_sheet

OCTOBER = dt.date(2026, 10, 1)


def key_of(tie, direction="in"):
    return LineKey("tie", tie.pk, direction)


def opened(home, *keys, month=OCTOBER):
    """Return the form of a sheet as it is opened now: what every line holds."""
    log = read_month(home, month)
    return {
        f"{key}-was": ",".join(as_text(log[key].line.shown(cell)) for cell in cells_of(month))
        for key in keys
    }


def sheet_with(form, cells, month=OCTOBER):
    """Return what comes back where ``cells`` ({key: {cell: text}}) were typed in."""
    keys = [name.removesuffix("-was") for name in form if name.endswith("-was")]
    data = dict(form)
    for key, typed in cells.items():
        data |= {key.field(cell): text for cell, text in typed.items()}
    return read_sheet(data, keys, month)


def type_in(home, by, cells, *, form=None, month=OCTOBER, **options):
    """Save what is typed into a sheet that was opened before (``form``), or is opened now."""
    form = opened(home, *cells, month=month) if form is None else form
    sheet = sheet_with(form, cells, month)
    return save_month(by=by, home=home, month=month, sheet=sheet, **options)


def held(home, key, month=OCTOBER):
    """Return what standing rows say of a line: {day: (times, people, rating)}."""
    rows = home.connections.standing().filter(
        partnership=key.pk, direction=key.direction, happened_on__month=month.month
    )
    return {
        row.happened_on.day: (row.occurrences, row.residents_count, row.rating) for row in rows
    }
