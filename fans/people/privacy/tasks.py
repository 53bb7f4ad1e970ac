"""Jobs of this part."""

import logging

from django.db import close_old_connections, transaction
from procrastinate import exceptions
from procrastinate.contrib.django import app

from fans.people.models import Person
from fans.people.privacy import retention_runs
from fans.people.privacy.errors import AlreadyRunningError

logger = logging.getLogger(__name__)
RUN = "privacy.run_retention"


@app.task(name=RUN, queueing_lock=RUN)
def run_retention(by_id: int | None = None) -> None:
    """Let go of what is kept no longer, because somebody asked for it now."""
    close_old_connections()  # one that PostgreSQL has dropped would be of no use
    _run(Person.objects.filter(pk=by_id).first() if by_id else None)


@app.periodic(cron="50 3 * * *")
@app.task(name="privacy.retention_tonight", queueing_lock="privacy.retention_tonight")
def retention_tonight(timestamp: int) -> None:
    """Every night: let go of what is kept no longer."""
    close_old_connections()
    _run(None)


def ask_for_run(by: Person) -> bool:
    """Have a worker run all rules soon; say whether it was not asked for already."""
    try:
        with transaction.atomic():
            run_retention.defer(by_id=by.pk)
    except exceptions.AlreadyEnqueued:
        return False
    return True


def _run(by: Person | None) -> None:
    try:
        row = retention_runs.run(by=by)
    except AlreadyRunningError:
        logger.info("Retention: somebody else is at it.")
    else:
        logger.info("Retention: let go of %d rows.", row.total)
