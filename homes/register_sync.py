"""Brings a register file into the homes: new, changed, same, gone, and questions.

An import works on registrations. A home's own page, its ties and its log hang on the
home, which outlives them.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.contrib.auth.base_user import AbstractBaseUser

from homes.models import Registration, RegistrationQuestion
from homes.register_changes import note_changes
from homes.register_reading import FileFacts, read_register
from homes.register_rows import RowsWritten, write_rows
from homes.registers.layouts import AUTO
from homes.registers.row import RegisterRow
from homes.vanished import (
    ask_about_dual,
    ask_questions,
    authorities_known,
    close_registrations,
    standing_in,
    vanished,
)
from intake.importers import Staged, Verdict, Written
from intake.report import Outcome, Report
from intake.source import SourceFile
from intake.transactions import one_import

IMPORTER: Final = "homes"


def import_homes(
    path: str,
    *,
    layout: str = AUTO,
    encoding: str = "utf-8",
    dry_run: bool = False,
    allow_vanished: bool = False,
    whole: bool = True,
    by: AbstractBaseUser | None = None,
) -> Report:
    """Import one register file, all of it or nothing, and return what became of it.

    A registration of a local authority in the file that the file does not list ends
    (unless ``whole`` is False); a row that was refused is listed all the same.

    Raises:
        IntakeError: the file is refused; nothing is written.
    """
    source = SourceFile.open(path)
    report = Report(IMPORTER, source)
    reading = read_register(source, {"layout": layout, "encoding": encoding})
    report.layout = reading.facts.layout
    staged = list(reading.staged())
    report.read = len(staged)
    report.refusals = [row.refusal for row in staged if row.refusal is not None]
    taken = [row for row in staged if row.refusal is None]
    with one_import(IMPORTER, dry_run=dry_run):
        written = write_staged(taken, allow_vanished=allow_vanished, whole=whole)
        for verdict in written.verdicts:
            report.count(verdict.outcome)
        report.gone, report.questions = written.gone, written.questions
        report.store(by)
        report.notes.extend(written.notes)
    return report


def write_staged(
    staged: Sequence[Staged], *, allow_vanished: bool = False, whole: bool = True
) -> Written:
    """Write a whole register, in the caller's transaction.

    Raises:
        IntakeError: more has vanished than is likely; nothing may be written.
    """
    facts = FileFacts.of(list(staged))
    rows = [RegisterRow.from_json(row.payload["row"]) for row in staged]
    listed = {row.regulator_id for row in rows} | set(facts.also_listed)
    authorities = {row.local_authority.casefold() for row in rows}
    known_in = authorities_known(authorities)
    standing = standing_in(authorities) if whole else []
    gone = vanished(standing, listed, file=facts.name, allow_many=allow_vanished)
    done = write_rows(rows)
    close_registrations(gone)
    arrivals = [each for each in done.created.values() if each.dual_of is None]
    asked = [*ask_questions(gone, arrivals), *ask_about_dual(done.apart)]
    note_changes(done, gone, known_in=known_in)
    return Written(
        verdicts=list(_verdicts(rows, done, asked)),
        gone=len(gone),
        questions=len(asked),
        notes=list(_notes(rows, facts, listed, asked)),
    )


def _verdicts(
    rows: Sequence[RegisterRow], done: RowsWritten, asked: Sequence[RegistrationQuestion]
) -> Iterator[Verdict]:
    gone = {each.new.regulator_id: each.gone.name for each in asked if not each.is_dual}
    for row in rows:
        if (registration := done.created.get(row.regulator_id)) is not None:
            reason = ""
            if registration.dual_of is not None:
                reason = f"A second registration of {registration.dual_of.name}."
            elif row.regulator_id in gone:
                reason = f"May be {gone[row.regulator_id]}, which is no longer listed."
            yield Verdict(row.number, Outcome.NEW, reason)
            continue
        _, found = done.differences[row.regulator_id]
        outcome = Outcome.CHANGED if found.changes else Outcome.SAME
        yield Verdict(row.number, outcome, found.reason(), found.in_words())


def _notes(
    rows: Sequence[RegisterRow],
    facts: FileFacts,
    listed: set[str],
    asked: Sequence[RegistrationQuestion],
) -> Iterator[str]:
    """Yield what the counts do not say."""
    registered = Registration.objects.filter(regulator="cqc", regulator_id__in=listed)
    yield _beds_in_words(rows, facts, registered)
    if facts.blank:
        blank = "blank row was" if facts.blank == 1 else "blank rows were"
        yield f"{facts.blank} {blank} passed over."
    if second := registered.filter(dual_of__isnull=False).count():
        homes = "is a second registration" if second == 1 else "are second registrations"
        yield f"{second} {homes} of a home whose beds count with its first."
    if dormant := registered.filter(dormant=True).count():
        homes = "home is" if dormant == 1 else "homes are"
        yield f"{dormant} {homes} dormant: registered, but giving no care at present."
    if nowhere := registered.filter(home__location__isnull=True).count():
        homes = "home has" if nowhere == 1 else "homes have"
        yield f"{nowhere} {homes} no place yet: the postcode is not known either."
    if asked:
        yield "Somebody has to say which of them are one home: see /homes/questions/"


def _beds_in_words(rows: Sequence[RegisterRow], facts: FileFacts, registered: Any) -> str:
    second = set(
        registered.filter(dual_of__isnull=False).values_list("regulator_id", flat=True)
    )
    beds = [row.beds for row in rows if row.beds is not None and row.regulator_id not in second]
    known = f"{sum(beds):,} beds" if beds else "the file says nothing of beds"
    passed = f"; {facts.others} rows are of other services and were passed over"
    homes = len(rows) - len(second)
    return f"{homes} care homes, {known}{passed if facts.others else ''}."
