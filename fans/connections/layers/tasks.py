"""Jobs of this part."""

from django.utils import timezone
from procrastinate.contrib.django import app

from fans.connections.layers.services import count_volunteers


@app.periodic(cron="45 3 * * *")
@app.task(name="layers.count_volunteers", queueing_lock="layers.count_volunteers")
def count_this_month(timestamp: int) -> None:
    """Every night, so that no month is missed: all but a month's first run make nothing."""
    count_volunteers(day=timezone.localdate())
