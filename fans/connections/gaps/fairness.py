"""Who comes first, and who there is: whether small groups or unchecked places are starved.

A share among the places suggested first is set beside the same share among all that were
looked at. One is parity; the rule means to favour nobody for being large or well described.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from django.utils import timezone

from fans.connections.gaps.candidates import Place
from fans.connections.gaps.facts import facts_of
from fans.connections.gaps.suggesting import Scored, ranked_for
from homes.models import Home

FIRST: Final = (10, 50)

SMALL_KINDS: Final = frozenset(
    {"clubs_societies", "youth", "older_people_groups", "charity_voluntary", "story_heritage"}
)
"""Kinds that are mostly small groups of volunteers, with no premises and no opening hours."""


def _says_nothing(place: Place) -> bool:
    return not (place.could_give or place.would_love or place.opening_hours)


GROUPS: Final[dict[str, tuple[str, Callable[[Place], bool]]]] = {
    "small": ("Small groups", lambda place: place.category in SMALL_KINDS),
    "unchecked": ("Places to check or stale", lambda place: place.check_state != "fresh"),
    "silent": ("Places that say nothing of room or hours", _says_nothing),
    "faith": ("Faith places", lambda place: place.category == "faith"),
    "chains": (
        "Shops, food and drink",
        lambda place: place.category in ("shops", "food_drink"),
    ),
}
"""Whose shares are watched: a slug, its label, and who belongs to it."""


@dataclass
class Share:
    """One group's share among all that was looked at, and among what comes first."""

    slug: str
    label: str
    candidates: int = 0
    of_candidates: int = 0
    first: Counter[int] = field(default_factory=Counter)
    of_first: Counter[int] = field(default_factory=Counter)

    @property
    def among_candidates(self) -> float:
        """Its share of all places looked at, 0-1."""
        return self.candidates / self.of_candidates if self.of_candidates else 0.0

    def among_first(self, most: int) -> float:
        """Its share of the first ``most`` places of each home, 0-1."""
        return self.first[most] / self.of_first[most] if self.of_first[most] else 0.0

    def parity(self, most: int) -> float:
        """How many times its due it gets among the first: 1 is parity."""
        due = self.among_candidates
        return self.among_first(most) / due if due else 1.0


def shares_of(homes: Iterable[Home]) -> list[Share]:
    """Count the shares over some homes; those without a place or a candidate add nothing."""
    today = timezone.localdate()
    shares = [Share(slug, label) for slug, (label, _) in GROUPS.items()]
    for home in homes:
        _, ranked = ranked_for(home, facts_of(home), today=today)
        for share in shares:
            _count(share, ranked)
    return shares


def _count(share: Share, ranked: list[Scored]) -> None:
    belongs = [GROUPS[share.slug][1](one.place) for one in ranked]
    share.candidates += sum(belongs)
    share.of_candidates += len(belongs)
    for most in FIRST:
        share.first[most] += sum(belongs[:most])
        share.of_first[most] += len(belongs[:most])
