"""Turns what a line shall hold into rows of the log: one for each day."""

import datetime as dt
from typing import Any

from django.utils import timezone

from fans.connections.grid.lines import Own
from fans.connections.grid.models import FromSheet
from fans.connections.grid.reading import Known
from fans.connections.models import Connection, Partnership
from fans.connections.services.log import USUAL_TYPE
from fans.connections.services.many import write_rows
from fans.people.models import Person
from homes.models import Home


def row_of(
    *, home: Home, tie: Partnership, direction: str, day: dt.date, **said: Any
) -> Connection:
    """Return a row that stands for one cell."""
    return Connection(
        home=home,
        partnership=tie,
        happened_on=day,
        direction=direction,
        type=USUAL_TYPE[direction],
        arranged_by=tie.arranged_by,
        **said,
    )


class Writing:
    """Gathers what becomes of many lines, and writes it at once."""

    def __init__(self, *, home: Home, month: dt.date, by: Person) -> None:
        self.home, self.month, self.by = home, month, by
        self.now = timezone.now()
        self.new: list[Connection] = []
        self.corrected: list[Connection] = []

    def put(self, tie: Partnership, direction: str, known: Known, own: Own) -> None:
        """Let a line hold ``own``: rows that say so already stay as they are.

        A row is corrected where it stands, or comes back if it was taken back.
        """
        shares = own.shares()
        for day in own.days.keys() | known.rows.keys():
            rows = sorted(known.rows.get(day, []), key=_standing_first)
            if day not in own.days:
                self._take_back(rows)
                continue
            said: dict[str, Any] = {
                "occurrences": own.days[day],
                "residents_count": shares[day],
                "rating": own.rating,
                "undone_at": None,
            }
            if rows:
                self._correct(rows[0], said)
                self._take_back(rows[1:])
            else:
                self.new.append(self._new(tie, direction, day, said))

    def _new(
        self, tie: Partnership, direction: str, day: int, said: dict[str, Any]
    ) -> Connection:
        on = self.month.replace(day=day)
        return row_of(
            home=self.home, tie=tie, direction=direction, day=on, logged_by=self.by, **said
        )

    def _correct(self, row: Connection, said: dict[str, Any]) -> None:
        if any(getattr(row, name) != value for name, value in said.items()):
            for name, value in said.items():
                setattr(row, name, value)
            self.corrected.append(row)

    def _take_back(self, rows: list[Connection]) -> None:
        for row in rows:
            if row.undone_at is None:
                row.undone_at = self.now
                self.corrected.append(row)

    def write(self) -> None:
        """Write all of it: three statements, however many cells there are."""
        write_rows(new=self.new, corrected=self.corrected)
        FromSheet.objects.bulk_create([FromSheet(connection=row) for row in self.new])


def _standing_first(row: Connection) -> tuple[bool, int]:
    return row.undone_at is not None, -row.pk
