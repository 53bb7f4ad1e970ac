"""Jobs of this part."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from fans.openness.aggregates.services import release

logger = logging.getLogger(__name__)


@app.periodic(cron="55 3 * * *")
@app.task(name="aggregates.release", queueing_lock="aggregates.release")
def release_this_month(timestamp: int) -> None:
    """Every night, so that no month is missed: all but a month's first run make nothing."""
    made = release(day=timezone.localdate())
    if made.circles or made.figures:
        logger.info("Openness by area: %d groups, %d figures.", made.circles, made.figures)
