"""Jobs of this room."""

import logging

from procrastinate.contrib.django import app

from fans.people.inviting import forget_unanswered

logger = logging.getLogger(__name__)


@app.periodic(cron="10 3 * * *")
@app.task(name="people.forget_unanswered", queueing_lock="people.forget_unanswered")
def forget_unanswered_now(timestamp: int) -> None:
    """Every night: addresses of people who never said yes go, as their invitation says."""
    logger.info("Forgot %d unanswered invitations.", forget_unanswered())
