"""Jobs of this part."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from assets.checking.renewing import renew_all

logger = logging.getLogger(__name__)


@app.periodic(cron="10 0 * * *")
@app.task(name="checking.check_state", queueing_lock="checking.check_state")
def check_state_now(timestamp: int) -> None:
    """Just after midnight: what has grown due or stale says so."""
    changed = renew_all(today=timezone.localdate())
    logger.info("Renewed the check states of %d places.", changed)
