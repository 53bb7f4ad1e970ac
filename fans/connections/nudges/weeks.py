"""On which day somebody gets a mail, and what may stand in it: pure.

Days are days in London. A weekly mail is due on the chosen day of the week, and stays due
until the next one, so that a day on which nothing ran loses nothing. Somebody who chose
just now waits for the next such day.
"""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

A_WEEK: Final = dt.timedelta(days=7)


class How(StrEnum):
    """How often somebody wants to be reminded by mail."""

    WEEKLY = "weekly"
    DAILY = "daily"
    NONE = "none"


def due_on(how: How, weekday: int, today: dt.date) -> dt.date | None:
    """Return the day for which a mail is due at the latest; None for somebody who wants none.

    ``weekday`` counts from Monday, 0.
    """
    if how == How.NONE:
        return None
    if how == How.DAILY:
        return today
    return today - dt.timedelta(days=(today.weekday() - weekday) % 7)


def is_due(
    due: dt.date, *, today: dt.date, chosen_on: dt.date, done: Iterable[dt.date]
) -> bool:
    """Say whether the mail for a day is still to be written.

    ``chosen_on``: from which day on the choice, or the role, holds. ``done``: the days for
    which somebody was written to, or there was nothing to say. Those after today are a
    clock's that went wrong.
    """
    served = any(due <= day <= today for day in done)
    return not served and (chosen_on <= due or due == today)


def may_be_told(due: dt.date, told: Iterable[dt.date]) -> bool:
    """Say whether a thing may stand in the mail for a day: once a week at most."""
    return all(abs(due - day) >= A_WEEK for day in told)
