"""Jobs of this room."""

import logging

from procrastinate.contrib.django import app

from geo.pyramid_folding import check, fold_all

logger = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(name="geo.fold_pyramid", queueing_lock="geo.fold_pyramid")
def fold_pyramid(timestamp: int) -> None:
    """Every minute: what has changed goes into the pyramid's cells."""
    fold_all()


@app.periodic(cron="50 3 * * *")
@app.task(name="geo.check_pyramid", queueing_lock="geo.check_pyramid")
def check_pyramid(timestamp: int) -> None:
    """Every night: hold the pyramid against all places, and put right what differs."""
    found = check(mend=True)
    if found.different:
        logger.error(
            "%d of the %d cells of the map's counts were not what the places say, and were "
            "put right: see check %d in the administration.",
            found.different,
            found.cells,
            found.pk,
        )
