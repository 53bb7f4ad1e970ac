"""How far an asset's checks can be trusted today. Pure."""

import datetime as dt
from collections.abc import Iterable
from typing import Final

FRESH_DAYS: Final = 182
"""Half a year after somebody looked, it is time to look again."""

STALE_DAYS: Final = 365
"""After a year without a look, what we say may be wrong."""


def state_on(today: dt.date, checked_on: Iterable[dt.date]) -> str:
    """Return fresh, due or stale, from the days on which somebody checked a fact.

    The latest day counts. Never checked is due: nobody has said that it is wrong.
    """
    last = max(checked_on, default=None)
    if last is None:
        return "due"
    days = (today - last).days
    if days <= FRESH_DAYS:
        return "fresh"
    return "due" if days <= STALE_DAYS else "stale"
