"""What each side makes ready, read from ``fixtures/volunteering/both_sides.json``."""

from dataclasses import dataclass
from typing import Any, Final

from fans.connections.matches.models import Match, ReadyTick, Side
from fans.people.volunteers.lists import read_list


@dataclass(frozen=True)
class ReadyItem:
    """One thing to have ready before the first visit."""

    slug: str
    words: str


@dataclass(frozen=True)
class ReadyLine:
    """One thing, and when it was done, where it was."""

    item: ReadyItem
    tick: ReadyTick | None


_FILE: Final[dict[str, Any]] = read_list("both_sides.json")
LISTS: Final[dict[str, tuple[ReadyItem, ...]]] = {
    side: tuple(ReadyItem(**row) for row in _FILE[side])
    for side in (Side.HOME.value, Side.VOLUNTEER.value)
}


def items_of(side: str) -> tuple[ReadyItem, ...]:
    """Return the list of a side."""
    return LISTS[side]


def lists_of(match: Match) -> dict[str, list[ReadyLine]]:
    """Return both lists of a match, with what is done of them."""
    ticks = {(tick.side, tick.item): tick for tick in match.ready_ticks.all()}
    return {
        side: [ReadyLine(item, ticks.get((side, item.slug))) for item in items]
        for side, items in LISTS.items()
    }
