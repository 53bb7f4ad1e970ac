"""Jobs of this room."""

import logging

from django.db import close_old_connections
from django.utils import timezone
from procrastinate.contrib.django import app

from fans.learning.services.reminding import send_due

logger = logging.getLogger(__name__)


@app.periodic(cron="10,30,50 * * * *")
@app.task(name="learning.mail", queueing_lock="learning.mail")
def mail_now(timestamp: int) -> None:
    """Every twenty minutes, after the work list: mail those whose step or look back is due."""
    close_old_connections()  # one that PostgreSQL has dropped would be of no use
    if mails := send_due(timezone.now()):
        logger.info("Plans: %d mails.", mails)
