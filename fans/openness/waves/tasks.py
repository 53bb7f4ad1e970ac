"""Jobs of this part."""

import logging

from django.db import close_old_connections
from django.utils import timezone
from procrastinate.contrib.django import app

from fans.openness.waves.services import close_waves_due, send_due

logger = logging.getLogger(__name__)


@app.periodic(cron="40 3 * * *")
@app.task(name="waves.close_due", queueing_lock="waves.close_due")
def close_due(timestamp: int) -> None:
    """Every night: close the waves whose last day has passed."""
    close_old_connections()
    logger.info("Closed %d waves.", close_waves_due(day=timezone.localdate()))


@app.periodic(cron="15 * * * *")
@app.task(name="waves.mail", queueing_lock="waves.mail")
def mail_now(timestamp: int) -> None:
    """Every hour, after the work list: mail who has something to hear of a wave."""
    close_old_connections()  # one that PostgreSQL has dropped would be of no use
    if mails := send_due(timezone.now()):
        logger.info("Waves: %d mails.", mails)
