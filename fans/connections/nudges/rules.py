"""When something is worth a reminder: pure, from days and thresholds.

A fact is one thing that waits. A reminder stands from a day on: so long after the fact's
own day. Facts of one home that say the same (three wishes wait) make one reminder.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from fans.connections.rhythm import months_after


class Kind(StrEnum):
    """What somebody is reminded of."""

    FOLLOW_UP = "follow_up"
    INVITATION = "invitation"
    QUICK = "quick"
    MATCH = "match"
    QUIET = "quiet"
    WISH = "wish"
    HAND_OVER = "hand_over"


@dataclass(frozen=True)
class Rule:
    """How one kind of reminder comes about."""

    label: str  # on a filter, with a count beside it
    action: str  # of the permission table: who may see it, and for which homes
    after: str = ""  # the threshold's name; "" for a fact that says its day itself
    by_home: bool = False  # one reminder a home, however many things


RULES: Final[dict[Kind, Rule]] = {
    Kind.FOLLOW_UP: Rule("To ask again", "connections.view"),
    Kind.INVITATION: Rule("No answer yet", "connections.view", after="INVITATION_DAYS"),
    Kind.QUICK: Rule(
        "Notes to confirm", "quick.confirm", after="QUICK_ENTRY_DAYS", by_home=True
    ),
    Kind.MATCH: Rule("Volunteers to look at", "matches.view", by_home=True),
    Kind.QUIET: Rule("Going quiet", "connections.view"),
    Kind.WISH: Rule("Wishes waiting", "wishes.view", after="WISH_DAYS", by_home=True),
    Kind.HAND_OVER: Rule(
        "To hand over", "connections.view", after="HAND_OVER_MONTHS", by_home=True
    ),
}
"""In the order in which they are listed."""

_ORDER: Final = list(RULES)


@dataclass(frozen=True)
class Fact:
    """One thing that waits, and since when."""

    kind: Kind
    home_id: int
    thing_id: int
    day: dt.date
    tie_id: int | None = None
    last_on: dt.date | None = None  # of a quiet tie: when they last met
    gap_days: float | None = None  # and how often they used to
    asked_on: dt.date | None = None  # of an invitation
    due_on: dt.date | None = None  # of a volunteer's check: its last good day


@dataclass(frozen=True)
class Standing:
    """A reminder: one thing, or several alike of one home."""

    kind: Kind
    home_id: int
    thing_id: int  # the home's own id where things are told together
    day: dt.date  # of the oldest thing
    since: dt.date  # the day on which it began to stand
    newest: dt.date  # the day on which its latest thing began to
    count: int
    fact: Fact  # the oldest


def since(fact: Fact, after: Mapping[str, int]) -> dt.date:
    """Return the first day on which a fact is worth a reminder."""
    threshold = RULES[fact.kind].after
    if not threshold:
        return fact.day
    if threshold.endswith("_MONTHS"):
        return months_after(fact.day, after[threshold])
    return fact.day + dt.timedelta(days=after[threshold])


def standing_on(
    today: dt.date, facts: Iterable[Fact], after: Mapping[str, int]
) -> list[Standing]:
    """Return the reminders that stand on a day, by kind, the oldest of each first."""
    together: dict[tuple[Kind, int], list[Fact]] = defaultdict(list)
    for fact in facts:
        if since(fact, after) <= today:
            thing = fact.home_id if RULES[fact.kind].by_home else fact.thing_id
            together[fact.kind, thing].append(fact)
    found = [_standing(kind, thing, rows, after) for (kind, thing), rows in together.items()]
    return sorted(found, key=lambda one: (_ORDER.index(one.kind), one.since, one.thing_id))


def _standing(kind: Kind, thing: int, facts: list[Fact], after: Mapping[str, int]) -> Standing:
    days = [since(fact, after) for fact in facts]
    oldest = min(facts, key=lambda fact: (fact.day, fact.thing_id))
    return Standing(
        kind=kind,
        home_id=oldest.home_id,
        thing_id=thing,
        day=oldest.day,
        since=min(days),
        newest=max(days),
        count=len(facts),
        fact=oldest,
    )


@dataclass(frozen=True)
class SetAside:
    """What somebody said of a reminder: later, or no more."""

    until: dt.date | None  # the day on which it comes back; None: it is closed
    newest: dt.date  # how it stood then


def is_hidden(one: Standing, aside: SetAside | None, today: dt.date) -> bool:
    """Say whether somebody has put a reminder off, or closed it as it stands.

    What was closed comes back when something new of it does: the tie that woke and went
    quiet again, a further wish.
    """
    if aside is None:
        return False
    if aside.until is not None:
        return today < aside.until
    return one.newest <= aside.newest
