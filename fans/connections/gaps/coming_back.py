"""Ties that are over, and from when their place may be suggested again. Pure."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

SOON: Final = dt.timedelta(days=91)
LATER: Final = dt.timedelta(days=182)

AFTER_DECLINED: Final[Mapping[str, dt.timedelta]] = {
    "not_now": SOON,
    "no_room": SOON,
    "no_staff": SOON,
    "lost_touch": LATER,
}
"""Reasons of a declined tie that pass; any other keeps the place away."""


def may_come_back(status: str, reason: str, since: dt.date | None, *, today: dt.date) -> bool:
    """Say whether a place may be suggested although its tie ended or was declined.

    ``since``: the day of it; without one the place stays away.
    """
    wait = LATER if status == "ended" else AFTER_DECLINED.get(reason)
    return wait is not None and since is not None and since + wait <= today
