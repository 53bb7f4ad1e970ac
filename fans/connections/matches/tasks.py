"""Jobs of this part."""

import logging

from django.db import close_old_connections
from procrastinate.contrib.django import app

from fans.connections.matches.nightly import look_at_all

logger = logging.getLogger(__name__)


@app.periodic(cron="20 0 * * *")
@app.task(name="matches.look_at_all", queueing_lock="matches.look_at_all")
def look_at_matches(timestamp: int) -> None:
    """Every night, once the day has changed: hold and end what no longer stands."""
    close_old_connections()  # one that PostgreSQL has dropped would be of no use
    night = look_at_all()
    logger.info("Matches: %d held, %d ended with their home.", night.held, night.ended)
