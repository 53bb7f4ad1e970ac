"""Fresh, due or stale, on a day. Pure."""

import datetime as dt
from collections.abc import Iterable
from typing import Final

from assets.checking.intervals import Interval
from assets.choices import CheckState

_WORST_LAST: Final = (CheckState.FRESH, CheckState.DUE, CheckState.STALE)


def state_of(interval: Interval, checked_on: dt.date | None, today: dt.date) -> CheckState:
    """Return how far a check of ``checked_on`` can be trusted on ``today``.

    Never checked (None) is due: nobody has said that it is wrong.
    """
    if checked_on is None:
        return CheckState.DUE
    days = (today - checked_on).days
    if days <= interval.due_days:
        return CheckState.FRESH
    return CheckState.DUE if days <= interval.stale_days else CheckState.STALE


def worst(states: Iterable[CheckState]) -> CheckState:
    """Return the worst state; due where there is none."""
    return max(states, key=_WORST_LAST.index, default=CheckState.DUE)
