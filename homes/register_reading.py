"""Reads a register file through, into rows that wait to be written."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from homes.registers.layouts import AUTO, layout_of, open_register
from homes.registers.row import RegisterRow, RowRefusedError, refuse_duplicates
from intake.importers import Staged
from intake.report import Refusal
from intake.source import SourceFile


@dataclass(frozen=True)
class FileFacts:
    """What a file says beside its rows; travels with the first of them."""

    name: str = ""
    layout: str = ""
    # Registrations of rows that were refused: listed all the same.
    also_listed: list[str] = field(default_factory=list)
    # Rows of other kinds of service, and blank ones.
    others: int = 0
    blank: int = 0

    @classmethod
    def of(cls, rows: Iterable[Staged]) -> Self:
        """Return the facts that came with a file's rows."""
        found = (row.payload["file"] for row in rows if "file" in row.payload)
        return cls(**next(found, {}))


@dataclass
class Reading:
    """A file read through."""

    rows: list[RegisterRow]
    refused: list[tuple[str, Refusal]]
    facts: FileFacts

    def staged(self) -> Iterator[Staged]:
        """Yield every row of a care home, by its number in the file."""
        taken: list[Staged] = [_staged(row) for row in self.rows]
        if taken:
            taken[0].payload["file"] = vars(self.facts)
        refused = (
            Staged(number=refusal.row, key=number, title=number, refusal=refusal)
            for number, refusal in self.refused
        )
        yield from sorted([*taken, *refused], key=lambda each: each.number)


def read_register(source: SourceFile, options: Mapping[str, Any]) -> Reading:
    """Read a file.

    Raises:
        IntakeError: the file is refused whole.
    """
    table = open_register(source, encoding=options.get("encoding") or "utf-8")
    layout = layout_of(table, options.get("layout") or AUTO)
    rows: list[RegisterRow] = []
    refused: list[tuple[str, Refusal]] = []
    others = 0
    # Not one column more: the files name registered managers.
    for row in table.rows(only=(*layout.COLUMNS, *layout.OPTIONAL)):
        if not layout.is_home(row):
            others += 1
            continue
        try:
            rows.append(layout.parse(table, row))
        except RowRefusedError as error:
            refusal = Refusal(row.number, error.reason, error.column)
            refused.append((layout.listed_id(row), refusal))
    refuse_duplicates(table, rows, layout.ID_COLUMN)
    facts = FileFacts(
        name=source.name,
        layout=layout.NAME,
        also_listed=[number for number, _ in refused],
        others=others,
        blank=table.blank_rows,
    )
    return Reading(rows, refused, facts)


def _staged(row: RegisterRow) -> Staged:
    return Staged(
        number=row.number,
        key=row.regulator_id,
        title=row.name,
        payload={"row": row.as_json()},
        lon=row.lon,
        lat=row.lat,
    )
