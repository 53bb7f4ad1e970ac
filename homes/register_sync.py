"""Brings a register file into the homes: new, changed, same, gone, and questions.

An import works on registrations. A home's own page, its ties and its log hang on the
home, which outlives them.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from django.contrib.auth.base_user import AbstractBaseUser

from homes.models import RegisterChange, RegistrationQuestion
from homes.register_changes import arrivals, closures
from homes.register_reading import FileFacts, read_register
from homes.register_rows import AT_ONCE, RowsWritten, write_rows
from homes.registers.dual import primaries
from homes.registers.layouts import AUTO
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
    staged = list(read_register(source, {"layout": layout, "encoding": encoding}).staged())
    report.layout, report.read = FileFacts.of(staged).layout, len(staged)
    report.refusals = [row.refusal for row in staged if row.refusal is not None]
    taken = [row for row in staged if row.refusal is None]
    with one_import(IMPORTER, dry_run=dry_run):
        written = write_staged(taken, allow_vanished=allow_vanished, whole=whole)
        _account_for(written, report)
        report.store(by)
    return report


def _account_for(written: Written, report: Report) -> None:
    for verdict in written.verdicts:
        report.count(verdict.outcome)
    report.gone, report.questions = written.gone, written.questions
    report.notes.extend(written.notes)


def write_staged(
    staged: Sequence[Staged], *, allow_vanished: bool = False, whole: bool = True
) -> Written:
    """Write a whole register, in the caller's transaction.

    Raises:
        IntakeError: more has vanished than is likely; nothing may be written.
    """
    facts = FileFacts.of(staged)
    rows = [row.payload["row"] for row in staged]
    listed = {row["regulator_id"] for row in rows} | set(facts.also_listed)
    authorities = {row["local_authority"].casefold() for row in rows}
    known_in = authorities_known(authorities)
    standing = standing_in(authorities) if whole else {}
    gone = vanished(standing, listed, file=facts.name, allow_many=allow_vanished)
    done = write_rows(rows, primaries({row["regulator_id"]: row["primary_id"] for row in rows}))
    close_registrations(gone)
    new_homes = [each for each in done.created if each.dual_of is None]
    asked = [*ask_questions(gone, new_homes), *ask_about_dual(done.apart)]
    noted = [*arrivals(done.created, known_in=known_in), *done.changes, *closures(gone)]
    RegisterChange.objects.bulk_create(noted, batch_size=AT_ONCE)
    return Written(
        verdicts=list(_verdicts(staged, done, asked)),
        gone=len(gone),
        questions=len(asked),
        notes=list(_notes(done, facts, asked)),
    )


def _verdicts(
    staged: Sequence[Staged], done: RowsWritten, asked: Sequence[RegistrationQuestion]
) -> Iterator[Verdict]:
    gone = {each.new_id: each.gone.name for each in asked if not each.is_dual}
    created = {each.regulator_id: each for each in done.created}
    for row in staged:
        new = created.get(row.key)
        if new is None:
            yield done.verdicts[row.key]
        elif new.dual_of is not None:
            reason = f"A second registration of {new.dual_of.name}."
            yield Verdict(row.number, Outcome.NEW, reason)
        elif new.pk in gone:
            reason = f"May be {gone[new.pk]}, which is no longer listed."
            yield Verdict(row.number, Outcome.NEW, reason)
        else:
            yield Verdict(row.number, Outcome.NEW)


def _notes(
    done: RowsWritten, facts: FileFacts, asked: Sequence[RegistrationQuestion]
) -> Iterator[str]:
    """Yield what the counts do not say."""
    yield _beds_in_words(done, facts)
    if facts.blank:
        blank = "blank row was" if facts.blank == 1 else "blank rows were"
        yield f"{facts.blank} {blank} passed over."
    if done.second:
        homes = "is a second registration" if done.second == 1 else "are second registrations"
        yield f"{done.second} {homes} of a home whose beds count with its first."
    if done.dormant:
        homes = "home is" if done.dormant == 1 else "homes are"
        yield f"{done.dormant} {homes} dormant: registered, but giving no care at present."
    if done.nowhere:
        homes = "home has" if done.nowhere == 1 else "homes have"
        yield f"{done.nowhere} {homes} no place yet: the postcode is not known either."
    if asked:
        yield "Somebody has to say which of them are one home: see /homes/questions/"


def _beds_in_words(done: RowsWritten, facts: FileFacts) -> str:
    known = f"{done.beds:,} beds" if done.beds else "the file says nothing of beds"
    passed = f"; {facts.others} rows are of other services and were passed over"
    return f"{done.homes} care homes, {known}{passed if facts.others else ''}."
