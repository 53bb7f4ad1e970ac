"""Jobs of this room."""

import logging

from django.db import close_old_connections, connection
from procrastinate.contrib.django import app

from intake import jobs, running
from intake.models import UNDER_WAY, ImportJob

logger = logging.getLogger(__name__)

# Of workers that were killed; the imports themselves go on without them.
_FORGET_LOST_TASKS = """
DELETE FROM procrastinate_jobs
WHERE task_name LIKE 'intake.%%'
  AND ((status = 'doing' AND worker_id IS NULL) OR status IN ('failed', 'aborted'))
"""


@app.task(name="intake.run_job")
def run_job(job_id: int) -> None:
    """Get on with one import."""
    close_old_connections()  # one that PostgreSQL has dropped would be of no use
    running.run_job(job_id)


def resume_jobs() -> list[int]:
    """Ask for every import that has work waiting and nobody at it; return their ids."""
    waiting = ImportJob.objects.filter(state__in=UNDER_WAY).order_by("pk")
    idle = [pk for pk in waiting.values_list("pk", flat=True) if not running.is_held(pk)]
    for job_id in idle:
        jobs.defer_run(job_id)
    return idle


@app.periodic(cron="* * * * *")
@app.task(name="intake.resume_jobs", queueing_lock="intake.resume_jobs")
def resume_jobs_now(timestamp: int) -> None:
    """Every minute: imports that were cut short go on."""
    close_old_connections()
    resume_jobs()


@app.periodic(cron="40 3 * * *")
@app.task(name="intake.tidy", queueing_lock="intake.tidy")
def tidy_now(timestamp: int) -> None:
    """Every night: old try-outs go, and files that belong to none."""
    close_old_connections()
    logger.info("Threw away %d old try-outs.", jobs.tidy())
    with connection.cursor() as cursor:
        cursor.execute(_FORGET_LOST_TASKS)
