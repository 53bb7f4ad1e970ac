"""Who has answered in a wave, as far as it may be said outside the home: pure words.

Outside the home a number of people from 1 to 7 is never given. What a facilitator needs
is whether a group has enough answers for its middle to be shown at home at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from fans.disclosure import may_show_group

TO_ASK: Final = {
    "residents": "people who live here",
    "relatives": "relatives and friends",
    "staff": "staff",
    "volunteers": "volunteers",
    "manager": "the manager",
}
"""The groups that every wave goes round, and what to call them."""


class Answered(StrEnum):
    """How far a group has got."""

    NONE = "none yet"
    SOME = "some, not enough yet"
    ENOUGH = "enough"


@dataclass(frozen=True)
class GroupState:
    """One group in one wave."""

    id: str
    name: str
    state: Answered

    @property
    def is_done(self) -> bool:
        """Whether nobody of this group need be asked any more."""
        return self.state == Answered.ENOUGH


def groups_answered(counts: Mapping[str, int]) -> list[GroupState]:
    """Say of each group how far it has got, from the number of answer sheets by group."""
    return [
        GroupState(group, name, _state(group, counts.get(group, 0)))
        for group, name in TO_ASK.items()
    ]


def _state(group: str, sheets: int) -> Answered:
    if not sheets:
        return Answered.NONE
    return Answered.ENOUGH if may_show_group(group, sheets) else Answered.SOME
