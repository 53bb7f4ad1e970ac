"""Which layout a register file has, found by its headers."""

from types import ModuleType
from typing import Final

from homes.registers import hsca, plain
from intake.tables import Table

LAYOUTS: Final[dict[str, ModuleType]] = {layout.NAME: layout for layout in (plain, hsca)}
AUTO: Final = "auto"
LEAST_SHARE: Final = 0.5
"""A file with fewer of a layout's columns is something else."""


def layout_of(table: Table, named: str = AUTO) -> ModuleType:
    """Return the layout a table has, or the one ``named``, with every column it needs.

    Raises:
        IntakeError: no layout is known by these headers, or a column is missing.
    """
    layout = LAYOUTS[named] if named != AUTO else _found(table)
    table.require(layout.COLUMNS)
    return layout


def _found(table: Table) -> ModuleType:
    """Return the layout with most of its columns in the file; at least half must be."""
    shares = {name: _share(table, layout) for name, layout in LAYOUTS.items()}
    best = max(shares, key=lambda name: shares[name])
    if shares[best] >= LEAST_SHARE:
        return LAYOUTS[best]
    names = " or ".join(f'"{layout.ID_COLUMN}"' for layout in LAYOUTS.values())
    raise table.error(
        f"these headers are no care home register known here: a column {names} is looked for",
        row=1,
        column=table.headers[0],
    )


def _share(table: Table, layout: ModuleType) -> float:
    return sum(table.has(column) for column in layout.COLUMNS) / len(layout.COLUMNS)
