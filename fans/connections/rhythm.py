"""When a tie goes quiet: pure, from the days of its contacts.

A tie has its own rhythm. It is going quiet when twice its usual gap has passed since
the last contact; that it has ended is only ever said by someone.
"""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable
from itertools import pairwise
from statistics import median
from typing import Final

USUAL_GAP_DAYS: Final = 28
"""Expected until two contacts have shown a gap: once every four weeks."""

LATEST_CONTACTS: Final = 5
"""How many contacts, the latest ones, make the rhythm."""

QUIET_AFTER_GAPS: Final = 2


def usual_gap_days(contacts: Iterable[dt.date]) -> float:
    """Give the median gap between the last five days of contact, in days.

    Several contacts on a day are one; with fewer than two days it is 28.
    """
    days = sorted(set(contacts))[-LATEST_CONTACTS:]
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    return float(median(gaps)) if gaps else float(USUAL_GAP_DAYS)


def is_going_quiet(contacts: Iterable[dt.date], *, on: dt.date) -> bool:
    """Say whether, on a day, more than twice the usual gap has passed without contact.

    A tie without a contact has no rhythm to fall out of: it has not begun.
    """
    days = [day for day in contacts if day <= on]
    if not days:
        return False
    return (on - max(days)).days > QUIET_AFTER_GAPS * usual_gap_days(days)


def months_after(day: dt.date, months: int) -> dt.date:
    """Return the day on which so many whole months are over.

    Where the month lacks that day, it is the first of the next one.
    """
    years, month0 = divmod(day.month - 1 + months, 12)
    first = dt.date(day.year + years, month0 + 1, 1)
    days_in_it = monthrange(first.year, first.month)[1]
    return first + dt.timedelta(days=min(day.day - 1, days_in_it))
