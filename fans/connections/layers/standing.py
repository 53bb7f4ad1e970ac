"""How a tie stood on a day, from its contacts and what was said of it. Pure."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from fans.connections.layers.stops import Stop
from fans.connections.rhythm import is_going_quiet

WAYS: Final = ("in", "out", "online", "letter")
"""The ways a contact goes, in the order of ``Direction``."""

BANDS: Final = (1, 2, 4, 8)
"""From how many times on the line is wider: the legend shows a line for each."""


class State(StrEnum):
    """How a tie stands on a day."""

    NOT_YET = "not_yet"  # they have not met
    MET = "met"  # in the four weeks
    BETWEEN = "between"  # before, not in these weeks, and it is not quiet yet
    QUIET = "quiet"  # out of its own rhythm
    OVER = "over"  # somebody said so


@dataclass(frozen=True, slots=True)
class Contact:
    """One row of the log, as far as the picture goes."""

    day: dt.date
    times: int
    way: str
    recalled: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How a tie stood at one stop."""

    state: State
    ways: Mapping[str, int]  # times in the four weeks, by the way they went
    way: str  # the commonest of them, else the last one ever; "" before the first
    last_on: dt.date | None

    @property
    def times(self) -> int:
        """How often they met in the four weeks."""
        return sum(self.ways.values())

    @property
    def band(self) -> int:
        """How wide the line is: 0 none in these weeks, up to 4."""
        return sum(self.times >= fewest for fewest in BANDS)


def standing(contacts: Iterable[Contact], *, stop: Stop, is_over: bool) -> Standing:
    """Say how a tie stood at a stop.

    What is from memory counts only where nothing was logged by then, so that nothing
    counts twice and month 0 shows what the home remembered.
    """
    known = _counted([contact for contact in contacts if contact.day <= stop.on])
    ways = dict.fromkeys(WAYS, 0)
    for contact in known:
        if stop.counts(contact.day):
            ways[contact.way] += contact.times
    ways = {way: times for way, times in ways.items() if times}
    last = max(known, key=lambda contact: contact.day, default=None)
    return Standing(
        state=_state(known, ways, stop, is_over=is_over),
        ways=ways,
        way=max(ways, key=lambda way: ways[way], default=last.way if last else ""),
        last_on=last.day if last else None,
    )


def _counted(known: Sequence[Contact]) -> list[Contact]:
    logged = [contact for contact in known if not contact.recalled]
    return logged or list(known)


def _state(
    known: Sequence[Contact], ways: Mapping[str, int], stop: Stop, *, is_over: bool
) -> State:
    if is_over:
        return State.OVER
    if not known:
        return State.NOT_YET
    if is_going_quiet([contact.day for contact in known], on=stop.on):
        return State.QUIET
    return State.MET if ways else State.BETWEEN


@dataclass(frozen=True, slots=True)
class Said:
    """Something said of a tie that moved it: when, and whether it was over after."""

    on: dt.date
    over_before: bool
    over_after: bool


def was_over(
    said: Sequence[Said], *, stop: Stop, is_over: bool, last_on: dt.date | None
) -> bool:
    """Say whether a tie was over at a stop, from what was said of it, the oldest first.

    Where it is over and nobody noted the day, it is over today, and at stops without a
    contact in their four weeks or later: ``last_on`` is the last contact of all.
    """
    before = [step for step in said if step.on <= stop.on]
    if before:
        return before[-1].over_after
    if said:
        return said[0].over_before
    since_last = last_on is None or (last_on < stop.on and not stop.counts(last_on))
    return is_over and (stop.is_today or since_last)
