"""What a table of the extract is made of. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column: its Frictionless type, what it means, and what may stand in it."""

    name: str
    type: str
    description: str
    required: bool = False
    enum: tuple[str | int, ...] = ()
    pattern: str = ""
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True)
class ForeignKey:
    """Columns whose values stand in columns of the same names in another table."""

    columns: tuple[str, ...]
    table: str


@dataclass(frozen=True)
class Table:
    """One CSV file."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()

    @property
    def path(self) -> str:
        """The file's name in the archive."""
        return f"{self.name}.csv"

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)
