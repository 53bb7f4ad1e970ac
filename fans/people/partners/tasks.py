"""Jobs of this part."""

import logging

from django.db import close_old_connections
from procrastinate.contrib.django import app

from fans.people.partners.services.asking import ask_tonight

logger = logging.getLogger(__name__)


@app.periodic(cron="40 5 * * *")
@app.task(name="partners.ask", queueing_lock="partners.ask")
def ask_now(timestamp: int) -> None:
    """Early each morning, after the check states: ask places what is right."""
    close_old_connections()  # one that PostgreSQL has dropped would be of no use
    night = ask_tonight()
    logger.info(
        "Places: %d mails about %d places; %d questions unanswered, %d settled.",
        night.mails,
        night.places,
        night.unanswered,
        night.settled,
    )
