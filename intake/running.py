"""The worker's half of an import: reads and compares, writes in batches, reports.

Whatever ends the worker, the web server or PostgreSQL, each batch is written whole or
not at all, and whoever comes next goes on after it. One runner a job: it holds a session
lock, which dies with its connection, and nothing is written over any other connection.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import psycopg
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from intake.errors import IntakeError
from intake.importers import Importer, Written, importer_named
from intake.models import ImportJob, JobState, RowOutcome, StagedRow
from intake.report import Refusal, Report
from intake.source import SourceFile
from intake.staging import (
    add_up,
    batches,
    copy_rows,
    count_outcomes,
    offered,
    pass_over,
    save_verdicts,
    staged_rows,
    to_compare,
    to_write,
)
from intake.transactions import one_import
from intake.uploads import delete_kept, folder, open_kept

logger = logging.getLogger(__name__)

COPIED_AT_ONCE: Final = 5_000
OUR_FAULT: Final = (
    "Something went wrong on our side, and we have noted it. Nothing is half-written. "
    "Try again; if it stops once more, please tell whoever runs this site."
)
LOST: Final = (
    OperationalError,
    InterfaceError,
    psycopg.OperationalError,
    psycopg.InterfaceError,
)
_KEY: Final = "SELECT {}(hashtextextended('intake.job', %s))"


class _NoLongerOursError(Exception):
    """The job has been thrown away, or the session that held it is gone."""


def run_job(job_id: int) -> bool:
    """Do what an import waits for, unless somebody else is at it; say whether we did.

    Raises:
        OperationalError: the database went away; the job goes on from where it is.
    """
    with _held(job_id) as session:
        if session is None:
            return False
        try:
            _advance(job_id, session)
        except _NoLongerOursError:
            logger.info("Import %s is no longer ours.", job_id)
        except IntakeError as error:
            _fail(job_id, str(error))
        except Exception as error:
            if isinstance(error, LOST) or not connection.is_usable():
                connection.close()
                logger.warning("Import %s lost the database and waits: %s", job_id, error)
                raise
            logger.exception("Import %s stopped", job_id)
            _fail(job_id, OUR_FAULT)
    return True


@contextmanager
def _held(job_id: int) -> Iterator[Any | None]:
    """Hold the job with this session, which is yielded; None where another holds it."""
    with connection.cursor() as cursor:
        cursor.execute(_KEY.format("pg_try_advisory_lock"), [job_id])
        (ours,) = cursor.fetchone()
    session = connection.connection if ours else None
    try:
        yield session
    finally:
        if ours and connection.connection is session:
            with connection.cursor() as cursor:
                cursor.execute(_KEY.format("pg_advisory_unlock"), [job_id])


def is_held(job_id: int) -> bool:
    """Say whether somebody is at a job."""
    with _held(job_id) as session:
        return session is None


def _advance(job_id: int, session: Any) -> None:
    job = ImportJob.objects.get(pk=job_id)
    if job.state in (JobState.WAITING, JobState.READING):
        prepare(job, session)
    elif job.state == JobState.APPLYING:
        apply(job, session)


def prepare(job: ImportJob, session: Any) -> None:
    """Read the file into rows, and ask the importer what each would do.

    A reading that was cut short starts from scratch, a comparing goes on.

    Raises:
        IntakeError: the file is refused.
    """
    importer = importer_named(job.importer)
    if job.rows_total is None:
        _stage(job, importer, session)
    while rows := to_compare(job, importer.batch_rows):
        with one_import(importer.slug, dry_run=True):
            written = _write(importer, job, rows, by=job.by)
        with _turn(job.pk, session, JobState.READING) as job:
            save_verdicts(job, written.verdicts, final=False)
            _note(job, rows, written)
    with one_import(importer.slug, dry_run=True):
        concluded = _conclude(importer, job, final=False)
    with _turn(job.pk, session, JobState.READING) as job:
        _note(job, [], concluded)
        job.options = {**job.options, **concluded.remember}
        job.state = JobState.PREVIEW
        job.counts = count_outcomes(job)


def _stage(job: ImportJob, importer: Importer, session: Any) -> None:
    source = open_kept(job.stored_name, job.file_name)
    if source.sha256 != job.sha256:
        raise IntakeError("the file has changed since it was uploaded", file=job.file_name)
    with _turn(job.pk, session, JobState.WAITING, JobState.READING) as job:
        job.rows.all().delete()
        job.state, job.rows_done, job.started_at = JobState.READING, 0, timezone.now()
    for batch in batches(importer.stage(source, job.options), COPIED_AT_ONCE):
        with _turn(job.pk, session, JobState.READING) as job:
            copy_rows(job, batch)
            job.rows_done += len(batch)
    with _turn(job.pk, session, JobState.READING) as job:
        job.rows_total = job.rows_done
        job.counts = count_outcomes(job)
        # Refused rows and repeats need no looking at.
        job.rows_done = sum(job.counts.values())
        job.started_at = timezone.now()


def apply(job: ImportJob, session: Any) -> None:
    """Write the rows, batch by batch, and with the last one the report."""
    importer = importer_named(job.importer)
    after = 0
    while job.state == JobState.APPLYING:
        with one_import(importer.slug), _turn(job.pk, session, JobState.APPLYING) as job:
            rows = to_write(job, after, importer.batch_rows)
            if rows:
                after = rows[-1].number
                _write_for_good(importer, job, rows)
            if not rows or importer.batch_rows is None or not to_write(job, after, 1):
                _note(job, [], _conclude(importer, job, final=True))
                finish(job)


def _write_for_good(importer: Importer, job: ImportJob, rows: list[StagedRow]) -> None:
    written = _write(importer, job, rows, by=job.confirmed_by)
    save_verdicts(job, written.verdicts, final=True)
    said = {verdict.number for verdict in written.verdicts}
    silent = [row for row in rows if row.number not in said]
    pass_over(job, silent)
    job.counts = add_up(job.counts, [row.outcome for row in silent])
    _note(job, rows, written)


def _conclude(importer: Importer, job: ImportJob, *, final: bool) -> Written:
    """Let the importer look at the whole file, if it wants to."""
    conclude = getattr(importer, "conclude", None)
    if conclude is None:
        return Written([])
    rows = staged_rows(job)
    found: Written = conclude(rows, job.options, file_name=job.file_name, final=final)
    return found


def _write(importer: Importer, job: ImportJob, rows: list[StagedRow], *, by: Any) -> Written:
    """Let the importer write, and hold it to one verdict a row."""
    asked = offered(rows)
    if not asked and importer.batch_rows is not None:
        return Written([])
    written = importer.write(asked, job.options, by=by)
    if sorted(verdict.number for verdict in written.verdicts) != [row.number for row in asked]:
        raise AssertionError(f"{importer.slug}: not one verdict a row")
    return written


def _note(job: ImportJob, rows: list[StagedRow], written: Written) -> None:
    job.rows_done += len(rows)
    job.counts = add_up(job.counts, [str(verdict.outcome) for verdict in written.verdicts])
    job.gone += written.gone
    job.questions += written.questions
    job.notes = [*job.notes, *(note for note in written.notes if note not in job.notes)]


def finish(job: ImportJob) -> None:
    """End a job with its report, in the caller's transaction."""
    report = report_of(job)
    job.report = report.store(job.confirmed_by or job.by)
    job.state, job.finished_at = JobState.DONE, timezone.now()
    forget_file(job)


def forget_file(job: ImportJob) -> None:
    """Delete the job's file once the caller's transaction is safe."""
    stored_name, job.stored_name = job.stored_name, ""
    transaction.on_commit(lambda: delete_kept(stored_name))


def report_of(job: ImportJob) -> Report:
    """Return the report of a job's rows as they stand."""
    path = folder() / (job.stored_name or "deleted")
    source = SourceFile(path, job.file_name, job.size_bytes, job.sha256)
    counts = count_outcomes(job)
    report = Report(job.importer, source, read=job.rows_total or 0)
    report.new, report.changed = counts.get("new", 0), counts.get("changed", 0)
    report.same = counts.get("same", 0) + counts.get("repeat", 0)
    report.unsure = counts.get("unsure", 0)
    report.gone, report.questions, report.notes = job.gone, job.questions, list(job.notes)
    refused = job.rows.filter(outcome=RowOutcome.REFUSED).order_by("number")
    found = refused.values_list("number", "reason", "column")
    report.refusals = [Refusal(*each) for each in found.iterator()]
    return report


@contextmanager
def _turn(job_id: int, session: Any, *states: JobState) -> Iterator[ImportJob]:
    """Lock the job for one transaction, give it to the caller fresh, and save it."""
    with transaction.atomic():
        if connection.connection is not session:
            raise _NoLongerOursError
        job = ImportJob.objects.select_for_update(of=("self",)).get(pk=job_id)
        if job.state not in states:
            raise _NoLongerOursError
        yield job
        job.beat_at = timezone.now()
        job.save()


def _fail(job_id: int, sentence: str) -> None:
    with transaction.atomic():
        job = ImportJob.objects.select_for_update(of=("self",)).get(pk=job_id)
        if not job.is_under_way:
            return
        if job.rows_total is None:  # half-read rows are no use to anybody
            job.rows.all().delete()
            job.rows_done = 0
        job.state, job.error, job.finished_at = JobState.FAILED, sentence, timezone.now()
        job.save()
