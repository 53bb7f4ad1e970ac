"""Jobs of this part."""

import logging

from django.db import close_old_connections
from procrastinate.contrib.django import app

from assets.twins.sweeping import sweep

logger = logging.getLogger(__name__)


@app.periodic(cron="5 3 * * *")
@app.task(name="twins.find_pairs", queueing_lock="twins.find_pairs")
def find_pairs_tonight(timestamp: int) -> None:
    """Every night: what was saved since last night is compared with what is there."""
    close_old_connections()  # one that PostgreSQL has dropped would be of no use
    done = sweep()
    logger.info("Looked at %d places, found %d pairs.", done.looked_at, done.pairs_found)
