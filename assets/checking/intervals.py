"""After how long each fact is looked at again: the numbers, and why they are these. Pure.

Facts change at different speeds, so one interval for all either nags or misleads. Others
ask about a shop's hours again after about a year and about what is built after several
(StreetComplete), and were told by their users that three months are too often where a
year would do (diglabby, issue 204). A resident who is taken out in vain loses more than
a mapper does, so hours are asked for twice as often here.
"""

from dataclasses import dataclass
from typing import Final

from assets import categories
from assets.choices import Fact


@dataclass(frozen=True)
class Interval:
    """How long a check of a fact holds, in days."""

    due_days: int  # up to this age it is fresh, after it somebody should look again
    stale_days: int  # after this age, what we say may well be wrong
    why: str

    def __post_init__(self) -> None:
        if not 0 < self.due_days < self.stale_days:
            raise ValueError("A check is fresh, then due, then stale.")


HALF_A_YEAR: Final = 182
YEAR: Final = 365

INTERVALS: Final[dict[Fact, Interval]] = {
    Fact.PLACE: Interval(2 * YEAR, 3 * YEAR, "buildings seldom move, and their names last"),
    Fact.PHONE: Interval(YEAR, 2 * YEAR, "a number mostly outlives who answers it"),
    Fact.HOURS: Interval(HALF_A_YEAR, YEAR, "hours follow seasons and staff"),
    Fact.ACCESS: Interval(2 * YEAR, 3 * YEAR, "a step stays until somebody builds a ramp"),
    Fact.COST: Interval(YEAR, 2 * YEAR, "prices are mostly set once a year"),
    Fact.CONTACT: Interval(HALF_A_YEAR, YEAR, "who answers, and where, changes with people"),
}

_SOONER: Final = Interval(YEAR, 2 * YEAR, "shops, cafés and groups come and go")
_LATER: Final = Interval(4 * YEAR, 6 * YEAR, "parks, schools and monuments stay")

PLACE_OF: Final[dict[str, Interval]] = {
    **dict.fromkeys(
        (
            *("food_drink", "shops", "hair_beauty", "business_employer"),
            *("clubs_societies", "older_people_groups", "youth", "charity_voluntary"),
            *("individual_gift", "online"),
        ),
        _SOONER,
    ),
    **dict.fromkeys(
        ("garden_nature", "school", "college", "faith", "emergency_services", "story_heritage"),
        _LATER,
    ),
}
"""Kinds whose place is looked at sooner, or later, than others'."""


def interval_of(fact: Fact | str, category: str) -> Interval:
    """Return how long a check of a fact holds for this kind of asset."""
    if fact == Fact.PLACE and category in PLACE_OF:
        return PLACE_OF[category]
    return INTERVALS[Fact(fact)]


def facts_that_matter(category: str) -> tuple[Fact, ...]:
    """Return the facts that the asset's own state follows, where it says them.

    They decide whether somebody sets out in vain: that it is there, open, and how to get
    in. What has no place is reached by its contact instead.
    """
    way = Fact.CONTACT if category in categories.UNLOCATED else Fact.ACCESS
    return (Fact.PLACE, Fact.HOURS, way)
