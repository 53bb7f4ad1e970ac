"""Which layout a register file has, found by its headers."""

from types import ModuleType
from typing import Final

from homes.registers import hsca, plain
from intake.tables import Table

LAYOUTS: Final[dict[str, ModuleType]] = {layout.NAME: layout for layout in (plain, hsca)}
AUTO: Final = "auto"


def layout_of(table: Table, named: str = AUTO) -> ModuleType:
    """Return the layout a table has, or the one ``named``, with every column it needs.

    Raises:
        IntakeError: no layout is known by these headers, or a column is missing.
    """
    layout = LAYOUTS[named] if named != AUTO else _found(table)
    table.require(layout.COLUMNS)
    return layout


def _found(table: Table) -> ModuleType:
    for layout in LAYOUTS.values():
        if table.has(*layout.TELLING):
            return layout
    names = " or ".join(f'"{layout.ID_COLUMN}"' for layout in LAYOUTS.values())
    raise table.error(
        f"these headers are no care home register known here: a column {names} is looked for",
        row=1,
        column=table.headers[0],
    )
