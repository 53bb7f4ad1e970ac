"""Jobs of this part."""

import logging

from django.db import close_old_connections
from django.utils import timezone
from procrastinate.contrib.django import app

from fans.connections.nudges.services import send_due

logger = logging.getLogger(__name__)


@app.periodic(cron="*/20 * * * *")
@app.task(name="nudges.mail", queueing_lock="nudges.mail")
def mail_now(timestamp: int) -> None:
    """Every twenty minutes: mail those whose day it is, and whom an earlier run missed."""
    close_old_connections()  # one that PostgreSQL has dropped would be of no use
    run = send_due(timezone.now())
    if run.mails or run.failed:
        logger.info(
            "Reminders: %d mails, nothing for %d people, %d failed.",
            run.mails,
            run.nothing,
            run.failed,
        )
