"""When somebody hears what about a wave. Pure: days in, a stage out."""

import datetime as dt
from enum import StrEnum
from typing import Final

WEEK: Final = dt.timedelta(days=7)
LAST_DAYS: Final = dt.timedelta(days=3)


class Stage(StrEnum):
    """What is told."""

    SOON = "soon"
    OPEN = "open"
    HALF = "half"
    LAST = "last"
    CLOSED = "closed"


def stage_on(
    day: dt.date, *, opens_on: dt.date, closes_on: dt.date, closed_on: dt.date | None
) -> Stage | None:
    """Return what there is to tell of a wave on ``day``; None where there is nothing.

    Each stage lasts until the next, so that a day on which nothing ran loses none. Of a
    wave whose last day has passed nothing is told until it is closed.
    """
    if closed_on is not None:
        return Stage.CLOSED if day <= closed_on + WEEK else None
    if day > closes_on:
        return None
    if day < opens_on:
        return Stage.SOON if day >= opens_on - WEEK else None
    if day >= closes_on - LAST_DAYS:
        return Stage.LAST
    half = opens_on + (closes_on - opens_on + dt.timedelta(days=1)) / 2
    return Stage.HALF if day >= half else Stage.OPEN
