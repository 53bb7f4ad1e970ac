"""Brings a register file into the homes: new, changed, same, gone, and questions.

An import works on registrations. A home's own page, its ties and its log hang on the
home, which outlives them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from django.contrib.auth.base_user import AbstractBaseUser

from homes.models import Registration
from homes.register_rows import write_rows
from homes.registers.layouts import AUTO, layout_of
from homes.registers.row import RegisterRow, RowRefusedError, refuse_duplicates
from homes.vanished import ask_questions, close_registrations, standing_in, vanished
from intake.report import Report
from intake.source import SourceFile
from intake.tables import Table
from intake.transactions import one_import

IMPORTER: Final = "homes"


@dataclass
class _Reading:
    """A file read through: its rows, and every registration it names."""

    layout: str
    rows: list[RegisterRow] = field(default_factory=list)
    listed: set[str] = field(default_factory=set)
    authorities: set[str] = field(default_factory=set)
    others: int = 0
    blank: int = 0


def import_homes(
    path: str,
    *,
    layout: str = AUTO,
    encoding: str = "utf-8",
    dry_run: bool = False,
    allow_vanished: bool = False,
    by: AbstractBaseUser | None = None,
) -> Report:
    """Import one register file, all of it or nothing, and return what became of it.

    A registration of a local authority in the file that the file does not list ends; a
    row that was refused is listed all the same.

    Raises:
        IntakeError: the file is refused; nothing is written.
    """
    source = SourceFile.open(path)
    report = Report(IMPORTER, source)
    reading = _read(Table(source, encoding=encoding), layout, report)
    with one_import(IMPORTER, dry_run=dry_run):
        standing = standing_in(reading.authorities)
        gone = vanished(standing, reading.listed, file=source.name, allow_many=allow_vanished)
        new = write_rows(reading.rows, report)
        close_registrations(gone)
        report.gone = len(gone)
        report.questions = ask_questions(gone, new)
        report.store(by)
        report.notes.extend(_notes(reading, report))
    return report


def _notes(reading: _Reading, report: Report) -> Iterator[str]:
    """Yield what the counts do not say."""
    yield _beds_in_words(reading)
    if reading.blank:
        rows = "blank row was" if reading.blank == 1 else "blank rows were"
        yield f"{reading.blank} {rows} passed over."
    listed = Registration.objects.filter(regulator="cqc", regulator_id__in=reading.listed)
    if nowhere := listed.filter(home__location__isnull=True).count():
        homes = "home has" if nowhere == 1 else "homes have"
        yield f"{nowhere} {homes} no place yet: the postcode is not known either."
    if report.questions:
        yield "Somebody has to say which of them are one home: see /homes/questions/"


def _read(table: Table, named: str, report: Report) -> _Reading:
    layout = layout_of(table, named)
    reading = _Reading(layout=layout.NAME)
    report.layout = layout.NAME
    # Not one column more: the files name registered managers.
    for row in table.rows(only=layout.COLUMNS):
        if not layout.is_home(row):
            reading.others += 1
            continue
        report.read += 1
        reading.listed.add(layout.listed_id(row))
        try:
            reading.rows.append(layout.parse(table, row))
        except RowRefusedError as error:
            report.refuse(row.number, error.reason, error.column)
    reading.blank = table.blank_rows
    refuse_duplicates(table, reading.rows, layout.ID_COLUMN)
    reading.authorities = {row.local_authority.casefold() for row in reading.rows}
    return reading


def _beds_in_words(reading: _Reading) -> str:
    beds = [row.beds for row in reading.rows if row.beds is not None]
    known = f"{sum(beds):,} beds" if beds else "the file says nothing of beds"
    passed = f"; {reading.others} rows are of other services and were passed over"
    return f"{len(reading.rows)} care homes, {known}{passed if reading.others else ''}."
