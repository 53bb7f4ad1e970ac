"""What people do to an import: hand in a file, decide, bring it in, throw it away."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from procrastinate import exceptions
from procrastinate.contrib.django import app

from intake.errors import JobMovedOnError
from intake.importers import importer_named
from intake.models import (
    OVER,
    Decision,
    ImportJob,
    JobState,
    RowOutcome,
    StagedRow,
)
from intake.running import finish, forget_file
from intake.uploads import Kept, delete_orphans

ENDED_EARLY: Final = "Not brought in: the import was ended before this row."
_MOVED_ON: Final = {
    JobState.APPLYING: "is being brought in already",
    JobState.DONE: "has been brought in already",
    JobState.THROWN_AWAY: "has been thrown away",
    JobState.WAITING: "is being read again",
    JobState.READING: "is being read again",
    JobState.FAILED: "has stopped",
    JobState.PREVIEW: "is a try-out to look at",
}


@transaction.atomic
def start_job(
    *, importer: str, kept: Kept, options: Mapping[str, Any], by: Any, title: str = ""
) -> ImportJob:
    """Make an import of a kept file; a worker reads it as soon as this is committed."""
    importer_named(importer)
    source = kept.source
    job = ImportJob(
        importer=importer,
        title=(title or source.name)[:200],
        file_name=source.name,
        stored_name=kept.stored_name,
        sha256=source.sha256,
        size_bytes=source.size_bytes,
        options=dict(options),
        by=by,
    )
    job.full_clean()
    job.save()
    defer_run(job.pk)
    return job


def defer_run(job_id: int) -> None:
    """Ask a worker to get on with an import, unless one has been asked."""
    lock = f"intake.job.{job_id}"
    try:
        with transaction.atomic():
            app.configure_task("intake.run_job", queueing_lock=lock).defer(job_id=job_id)
    except exceptions.AlreadyEnqueued:
        pass


def _locked(job_id: int, *states: JobState) -> ImportJob:
    job = ImportJob.objects.select_for_update(of=("self",)).get(pk=job_id)
    if job.state not in states:
        words = _MOVED_ON[JobState(job.state)]
        who = job.confirmed_by
        named = f", by {who}" if who and job.state in (JobState.APPLYING, JobState.DONE) else ""
        raise JobMovedOnError(f"This import {words}{named}.")
    return job


@transaction.atomic
def bring_in(*, job_id: int, by: Any) -> ImportJob:
    """Have the rows of a try-out written.

    Raises:
        JobMovedOnError: somebody was faster.
    """
    job = _locked(job_id, JobState.PREVIEW)
    job.state, job.confirmed_by, job.confirmed_at = JobState.APPLYING, by, timezone.now()
    job.rows_done, job.counts, job.error = 0, {}, ""
    job.gone, job.questions, job.notes = 0, 0, []
    job.started_at, job.beat_at = timezone.now(), None
    job.save()
    defer_run(job.pk)
    return job


@transaction.atomic
def decide(*, job_id: int, number: int, decision: Decision | None) -> StagedRow:
    """Say of a row that the importer is unsure of whether to take it; None: undecided.

    Raises:
        JobMovedOnError: the rows are on their way already.
        StagedRow.DoesNotExist: there is no such row to decide on.
    """
    job = _locked(job_id, JobState.PREVIEW)
    rows = job.rows.select_for_update().filter(outcome=RowOutcome.UNSURE)
    if decision == Decision.SAME:
        rows = rows.exclude(match="")
    row = rows.get(number=number)
    row.decision = decision or ""
    row.save(update_fields=["decision"])
    return row


@transaction.atomic
def try_again(*, job_id: int) -> ImportJob:
    """Let a stopped import go on from where it stopped.

    Raises:
        JobMovedOnError: it does not stand still.
    """
    job = _locked(job_id, JobState.FAILED)
    if job.confirmed_at:
        job.state = JobState.APPLYING
    else:
        job.state = JobState.WAITING if job.rows_total is None else JobState.READING
    job.error, job.finished_at, job.beat_at = "", None, None
    job.started_at = timezone.now()
    job.save()
    defer_run(job.pk)
    return job


@transaction.atomic
def throw_away(*, job_id: int) -> ImportJob:
    """Forget a file and its rows.

    Where some rows have been written already the import ends with its report instead:
    the rest counts as refused.

    Raises:
        JobMovedOnError: it is being brought in, or over.
    """
    job = _locked(job_id, JobState.WAITING, JobState.READING, JobState.PREVIEW, JobState.FAILED)
    if job.rows.filter(written=True).exists():
        rest = job.rows.filter(written=False).exclude(outcome=RowOutcome.REPEAT)
        rest.exclude(outcome=RowOutcome.REFUSED).update(
            outcome=RowOutcome.REFUSED, reason=ENDED_EARLY
        )
        job.rows.update(written=True, payload={})
        finish(job)
    else:
        job.rows.all().delete()
        job.state, job.finished_at = JobState.THROWN_AWAY, timezone.now()
        forget_file(job)
    job.save()
    return job


def tidy() -> int:
    """Throw away old try-outs and files that belong to none; return how many try-outs."""
    oldest = timezone.now() - dt.timedelta(days=settings.RETENTION["IMPORT_PREVIEWS_DAYS"])
    standing = ImportJob.objects.filter(state__in=(JobState.PREVIEW, JobState.FAILED))
    thrown = 0
    for job_id in standing.filter(created_at__lt=oldest).values_list("pk", flat=True):
        try:
            throw_away(job_id=job_id)
        except JobMovedOnError:
            continue
        thrown += 1
    alive = ImportJob.objects.exclude(state__in=OVER)
    delete_orphans(set(alive.values_list("stored_name", flat=True)))
    return thrown
