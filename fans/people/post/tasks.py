"""Jobs of this part."""

import logging

from django.db import close_old_connections
from procrastinate.contrib.django import app

from fans.people.post import handing_over
from fans.people.post.queueing import HAND_OVER

logger = logging.getLogger(__name__)


@app.task(name=HAND_OVER, queue="mail")
def hand_over(mail_id: int) -> None:
    """Hand one mail to the transport."""
    close_old_connections()  # one that PostgreSQL has dropped would be of no use
    handing_over.hand_over(mail_id)


@app.periodic(cron="* * * * *")
@app.task(name="post.sweep", queue="mail", queueing_lock="post.sweep")
def sweep_now(timestamp: int) -> None:
    """Every minute: mail whose job was lost leaves after all."""
    close_old_connections()
    handing_over.sweep()
