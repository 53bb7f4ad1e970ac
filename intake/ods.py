"""Sheets of an OpenDocument spreadsheet (.ods), read as a stream: cells as text."""

from collections.abc import Iterator, Mapping

from intake.errors import IntakeError
from intake.limits import import_limits
from intake.ods_parser import ContentParser, OdsRow
from intake.source import SourceFile


def heads(source: SourceFile) -> Iterator[tuple[int, list[OdsRow]]]:
    """Yield number and first rows of every sheet, as far as the caller goes on.

    Raises:
        IntakeError: the file cannot be read.
    """
    rows: list[OdsRow] = []
    for sheet, row in ContentParser(source).rows():
        if row is not None:
            rows.append(row)
            continue
        if rows:
            yield sheet, rows
        rows = []


def sheet_rows(
    source: SourceFile, sheet: int, *, after: int, columns: Mapping[int, str], width: int
) -> Iterator[OdsRow]:
    """Yield the rows of a sheet below row ``after``.

    ``columns``: what is read, with names for refusals; beyond ``width`` all is.

    Raises:
        IntakeError: the file cannot be read, or a cell of these columns is merged.
    """
    most = import_limits().rows
    for _, row in ContentParser(source, sheet=sheet, columns=columns, width=width).rows():
        if row is None:
            continue
        if row.number + row.repeated - 1 - after > most:
            # Said at once: a few bytes may stand for a million rows.
            reason = f"the file has more than {most:,} rows"
            raise IntakeError(reason, file=source.name, row=after + most + 1)
        for number in range(row.number, row.number + row.repeated):
            if number > after:
                yield OdsRow(number, row.cells, row.width)
