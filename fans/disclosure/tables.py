"""Tables of people: every margin comes from the published cells."""

from collections.abc import Sequence
from dataclasses import dataclass

from fans.disclosure.counts import Shown, publish_count, total_of_shown


@dataclass(frozen=True)
class PublishedTable:
    """A table as it may leave: rows of cells, their totals, and the total of all."""

    rows: tuple[tuple[Shown, ...], ...]
    row_totals: tuple[Shown, ...]
    column_totals: tuple[Shown, ...]
    total: Shown


def publish_table(people: Sequence[Sequence[int]]) -> PublishedTable:
    """Publish a table of exact counts of people, each person in one cell alone.

    Publish the finest cells once and take every total from here: a total counted
    apart from its cells would give the hidden ones away.

    Raises:
        ValueError: the rows differ in length, or a count is negative.
    """
    if len({len(row) for row in people}) > 1:
        raise ValueError("The rows of a table are of one length.")
    rows = tuple(tuple(publish_count(count) for count in row) for row in people)
    columns = zip(*rows, strict=True)
    return PublishedTable(
        rows=rows,
        row_totals=tuple(total_of_shown(row) for row in rows),
        column_totals=tuple(total_of_shown(column) for column in columns),
        total=total_of_shown(cell for row in rows for cell in row),
    )
