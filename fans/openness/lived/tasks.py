"""Jobs of this part."""

import logging

from procrastinate.contrib.django import app

from fans.openness.lived.services import check_all, score_all

logger = logging.getLogger(__name__)


@app.periodic(cron="35 3 * * *")
@app.task(name="lived.check_all", queueing_lock="lived.check_all")
def check_and_score_all(timestamp: int) -> None:
    """Every night: hold what is stored against all scored anew, then move on to today."""
    check = check_all()
    if check.different:
        logger.error(
            "The lived part of %d of %d homes was not what their logs say: see nightly "
            "check %d in the administration.",
            check.different,
            check.homes,
            check.pk,
        )
    logger.info("Scored the lived part of %d homes.", score_all())
