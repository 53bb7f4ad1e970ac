"""Jobs of this room."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from fans.openness.services import score_waves_due

logger = logging.getLogger(__name__)


@app.periodic(cron="25 3 * * *")
@app.task(name="openness.score_waves_due", queueing_lock="openness.score_waves_due")
def score_waves_due_today(timestamp: int) -> None:
    """Every night: the window of open waves moves on, closed ones get their last score."""
    scores = score_waves_due(day=timezone.localdate())
    logger.info("Scored %d waves.", len(scores))
