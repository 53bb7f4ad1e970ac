"""Jobs of this part."""

import logging

from django.db import close_old_connections
from procrastinate.contrib.django import app

from assets.photos.files import delete_orphans
from fans.connections.pictures import services
from fans.connections.pictures.models import Picture

logger = logging.getLogger(__name__)


def tidy() -> tuple[int, int, int]:
    """Hide what people agreed to no longer, delete what was taken off, and stray files."""
    hidden, deleted = services.take_off_lapsed(), services.delete_removed()
    wanted: set[str] = set()
    for names in Picture.objects.values_list("file", "thumbnail"):
        wanted.update(names)
    return hidden, deleted, delete_orphans(wanted, folder=services.FOLDER)


@app.periodic(cron="20 0 * * *")
@app.task(name="pictures.tidy_tonight", queueing_lock="pictures.tidy_tonight")
def tidy_tonight(timestamp: int) -> None:
    """Every night, soon after a day has ended: see to the photos of the log."""
    close_old_connections()  # one that PostgreSQL has dropped would be of no use
    hidden, deleted, strays = tidy()
    logger.info("Photos of the log: hid %d, deleted %d and %d files.", hidden, deleted, strays)
