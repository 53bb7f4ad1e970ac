"""Jobs of this room."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from fans.openness.lived.services import refresh_noted
from fans.openness.services import refresh_open_scores, score_waves_due

logger = logging.getLogger(__name__)


@app.periodic(cron="25 3 * * *")
@app.task(name="openness.score_waves_due", queueing_lock="openness.score_waves_due")
def score_waves_due_today(timestamp: int) -> None:
    """Every night: the window of open waves moves on, closed ones get their last score."""
    scores = score_waves_due(day=timezone.localdate())
    logger.info("Scored %d waves.", len(scores))


@app.periodic(cron="* * * * *")
@app.task(name="openness.refresh_noted", queueing_lock="openness.refresh_noted")
def refresh_what_is_noted(timestamp: int) -> None:
    """Every minute: score the homes that something changed beside their log."""
    refresh_noted(also=lambda home_ids: refresh_open_scores(home_ids=home_ids))
