"""What goes wrong with an outside file, said in a sentence."""

from intake.words import seen, shortened


class IntakeError(Exception):
    """A file is refused whole: nothing of it was written.

    Rows are numbered as a spreadsheet shows them (the header is row 1); features of a
    GeoJSON file from 1.
    """

    def __init__(
        self, reason: str, *, file: str = "", row: int | None = None, column: str = ""
    ) -> None:
        # What they quote comes from the file.
        self.reason, self.file, self.row = seen(reason), seen(file), row
        self.column = shortened(seen(column))
        super().__init__(self.reason)

    def __str__(self) -> str:
        """Name the file, the row and the column, as far as known, then the reason."""
        row = f"row {self.row}" if self.row is not None else ""
        column = f'column "{self.column}"' if self.column else ""
        place = ", ".join(part for part in (self.file, row, column) if part)
        return f"{place}: {self.reason}" if place else self.reason


class RowsLostError(AssertionError):
    """An importer read more rows than it accounts for: a fault of ours, not the file's."""


class JobMovedOnError(Exception):
    """An import is no longer in the state in which this can be done to it."""
