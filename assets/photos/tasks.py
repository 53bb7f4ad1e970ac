"""Jobs of this part."""

import logging

from django.db import close_old_connections
from procrastinate.contrib.django import app

from assets.photos import services
from assets.photos.files import delete_orphans
from assets.photos.models import Photo

logger = logging.getLogger(__name__)


def tidy() -> tuple[int, int]:
    """Take off what people agreed to no longer, and delete files that no photo wants."""
    taken_off = services.take_off_lapsed()
    wanted: set[str] = set()
    for names in Photo.objects.values_list("file", "thumbnail"):
        wanted.update(names)
    return taken_off, delete_orphans(wanted)


@app.periodic(cron="10 0 * * *")
@app.task(name="photos.tidy_tonight", queueing_lock="photos.tidy_tonight")
def tidy_tonight(timestamp: int) -> None:
    """Every night, soon after a day has ended: see to the photos."""
    close_old_connections()  # one that PostgreSQL has dropped would be of no use
    taken_off, deleted = tidy()
    logger.info("Photos: took off %d, deleted %d files.", taken_off, deleted)
