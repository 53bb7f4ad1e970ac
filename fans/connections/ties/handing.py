"""When a tie can do without its champion: pure, from who arranged the last contacts.

From the fifth month of the home's part in a programme on, a tie is ready to be handed
over when its last three contacts were arranged by the home or the partner.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

FROM_MONTH: Final = 5
LAST_CONTACTS: Final = 3
THEIR_OWN: Final = ("home", "partner")


@dataclass(frozen=True)
class HandOver:
    """How far a tie is from standing without its champion."""

    month: int | None  # of the programme; None where the home takes no part
    arranged: tuple[str, ...]  # by whom, the last three contacts, newest first; "" not said
    is_held: bool  # all three by the home or the partner
    is_ready: bool  # held, and the time has come


def month_of(starts_on: dt.date, on: dt.date) -> int:
    """Count the whole months since a programme began; before it, below 0."""
    months = (on.year - starts_on.year) * 12 + on.month - starts_on.month
    return months - (on.day < starts_on.day)


def hand_over(
    contacts: Iterable[tuple[str, int]], *, starts_on: dt.date | None, on: dt.date
) -> HandOver:
    """Judge from the contacts, newest first: who arranged each, and how many times it was."""
    arranged: list[str] = []
    for by, times in contacts:
        arranged += [by] * min(times, LAST_CONTACTS - len(arranged))
        if len(arranged) == LAST_CONTACTS:
            break
    is_held = len(arranged) == LAST_CONTACTS and all(by in THEIR_OWN for by in arranged)
    month = None if starts_on is None else month_of(starts_on, on)
    is_time = month is not None and month >= FROM_MONTH
    return HandOver(month, tuple(arranged), is_held, is_held and is_time)
