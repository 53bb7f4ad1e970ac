"""Which layout a register file has, found by its headers."""

from types import ModuleType
from typing import Final

from homes.registers import directory, hsca, plain
from intake.source import SourceFile
from intake.tables import Table, header_key

LAYOUTS: Final[dict[str, ModuleType]] = {
    layout.NAME: layout for layout in (plain, hsca, directory)
}
AUTO: Final = "auto"
LEAST_SHARE: Final = 0.5
"""A file with fewer of a layout's columns is something else."""


def open_register(source: SourceFile, *, encoding: str = "utf-8") -> Table:
    """Open a register, whatever stands above its headers and on its other sheets.

    Raises:
        IntakeError: no table can be read from the file.
    """
    return Table(source, encoding=encoding, knows=_knows)


def layout_of(table: Table, named: str = AUTO) -> ModuleType:
    """Return the layout a table has, or the one ``named``, with every column it needs.

    Raises:
        IntakeError: no layout is known by these headers, or a column is missing.
    """
    layout = LAYOUTS[named] if named != AUTO else _found(table)
    table.rename(layout.OTHER_NAMES)
    table.require(layout.COLUMNS)
    return layout


def _found(table: Table) -> ModuleType:
    """Return the layout with most of its columns in the file; at least half must be."""
    shares = {name: _share(frozenset(table.keys), layout) for name, layout in LAYOUTS.items()}
    best = max(shares, key=lambda name: shares[name])
    if shares[best] >= LEAST_SHARE:
        return LAYOUTS[best]
    names = " or ".join(f'"{layout.ID_COLUMN}"' for layout in LAYOUTS.values())
    raise table.error(
        f"these headers are no care home register known here: a column {names} is looked for",
        row=table.header_row,
        column=table.headers[0],
    )


def _knows(keys: frozenset[str]) -> bool:
    return any(_share(keys, layout) >= LEAST_SHARE for layout in LAYOUTS.values())


def _share(keys: frozenset[str], layout: ModuleType) -> float:
    found = sum(_has(keys, layout, column) for column in layout.COLUMNS)
    return float(found / len(layout.COLUMNS))


def _has(keys: frozenset[str], layout: ModuleType, column: str) -> bool:
    names = (column, *layout.OTHER_NAMES.get(column, ()))
    return any(header_key(name) in keys for name in names)
