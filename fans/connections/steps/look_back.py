"""Which weeks the look-back at a home's start asks about: a higher room knows and says so."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from homes.models import Home


@dataclass(frozen=True)
class LookBack:
    """The days that month 0 asks about, both ends included."""

    first: dt.date
    last: dt.date
    is_open: bool  # what is remembered may still be put down or put right

    def holds(self, day: dt.date) -> bool:
        """Say whether a day is one of them."""
        return self.first <= day <= self.last


_asks: list[Callable[[Home], LookBack | None]] = []


def register(asks: Callable[[Home], LookBack | None]) -> None:
    """Say who knows a home's look-back; again replaces it."""
    _asks[:] = [asks]


def look_back_of(home: Home) -> LookBack | None:
    """Return what the look-back asks about; None where a home has none."""
    return _asks[0](home) if _asks else None
