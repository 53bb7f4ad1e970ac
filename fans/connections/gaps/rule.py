"""How well a place fits a home, as an open rule of five parts.

``fit = 0.40 interest + 0.20 reach + 0.15 new kind + 0.15 room + 0.10 getting in``, each
part 0-1 and each told in words. What decides is what people wished for and what the place
says of itself. Nobody's ethnicity, faith or diagnosis counts, unless a wish itself names
it: a wish brings its own tags, and there is no other way into the rule.

Pure: no Django, no records, no clock. These are suggestions to staff, never decisions
about people. Source: the programme's matching rule.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from fans.connections.fitting import Fit, Part
from fans.connections.gaps import telling
from fans.connections.gaps.ways import Way, reach_value, walkable

WEIGHTS: Final[Mapping[str, float]] = {
    "interest": 0.40,
    "reach": 0.20,
    "novelty": 0.15,
    "capacity": 0.15,
    "access": 0.10,
}
LABELS: Final[Mapping[str, str]] = {
    "interest": "Interest",
    "reach": "Getting there",
    "novelty": "New kind",
    "capacity": "Room",
    "access": "Getting in",
}
FULL_INTEREST: Final = 3
"""So many themes of wishes met are full interest, however many more the home has."""

HOURS_ONLY: Final = 0.6
"""When a place is open is known, and not what it could give."""

NOT_SAID: Final = 0.4
"""Nobody has said: less than a yes, more than a no. It is a question to ask, not a fault."""

ACCESS: Final[Mapping[str, float]] = {
    "yes": 1.0,
    "limited": 0.5,
    "unknown": NOT_SAID,
    "no": 0.0,
}


@dataclass(frozen=True, slots=True)
class WishedTag:
    """One theme that open wishes of a home name."""

    slug: str
    label: str
    wishes: int  # how many open wishes name it
    categories: frozenset[str]  # kinds of place that share it
    pattern: re.Pattern[str]  # of small letters: words that speak of it
    tells_of: str = ""  # "", or what it says of a person: faith, origin, health


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """What the rule may know of a home: its wishes by theme, its partners by kind."""

    wished: tuple[WishedTag, ...] = ()
    partners: Mapping[str, int] = field(default_factory=dict)  # by category, those that stand
    has_minibus: bool = False


@dataclass(frozen=True, slots=True)
class AssetFacts:
    """What the rule may know of a place."""

    category: str
    way: Way
    could_give: str = ""
    would_love: str = ""
    # Its name, what goes on there, whom it suits: read only for a wish that tells of faith,
    # origin or health, since these words tell of them.
    about: str = ""
    opening_hours: str = ""
    closed_from: dt.date | None = None
    closed_until: dt.date | None = None
    wheelchair: str = "unknown"
    step_free: str = "unknown"


@dataclass(frozen=True, slots=True)
class Score:
    """The five values of one place, before anybody puts them into words."""

    interest: float
    reach: float
    novelty: float
    capacity: float
    access: float
    wishes: int  # how many times open wishes name a theme that it meets
    walkable: bool

    @property
    def total(self) -> float:
        """The weighted sum, 0-1; to 12 decimals, so that equal fits are equal."""
        return round(
            0.40 * self.interest
            + 0.20 * self.reach
            + 0.15 * self.novelty
            + 0.15 * self.capacity
            + 0.10 * self.access,
            12,
        )


def score(home: HomeFacts, asset: AssetFacts, *, today: dt.date) -> Score:
    """Return the five values of a place for a home."""
    met = themes_met(home, asset)
    return Score(
        interest=interest_value(len(met), len(home.wished)),
        reach=reach_value(asset.way, has_minibus=home.has_minibus),
        novelty=0.0 if home.partners.get(asset.category) else 1.0,
        capacity=capacity_value(asset, today=today),
        access=ACCESS[way_in(asset)],
        wishes=sum(tag.wishes for tag in met),
        walkable=walkable(asset.way),
    )


def fit(
    home: HomeFacts,
    asset: AssetFacts,
    *,
    kind: str,
    today: dt.date,
    access_checked_on: dt.date | None = None,
    checked_on: dt.date | None = None,
) -> Fit:
    """Return every part of a suggestion in words, with the sentence that leads it.

    ``kind``: its category in words. ``access_checked_on``: when somebody last looked at
    the way in; ``checked_on``: at anything of the place. Neither day changes a value.
    """
    found = score(home, asset, today=today)
    met = themes_met(home, asset)
    way = telling.reach_words(asset.way, has_minibus=home.has_minibus)
    access = telling.access_words(asset.wheelchair, asset.step_free)
    words = {
        "interest": telling.interest_words([tag.label for tag in met], len(home.wished)),
        "reach": way,
        "novelty": telling.novelty_words(kind, home.partners.get(asset.category, 0)),
        "capacity": _capacity_words(asset, today),
        "access": telling.seen(access, access_checked_on, today),
    }
    parts = (
        Part(name, LABELS[name], getattr(found, name), weight, words[name])
        for name, weight in WEIGHTS.items()
    )
    themes = [(tag.label, tag.wishes) for tag in met]
    lead = telling.lead(themes, way, access, checked_on, today)
    return Fit(tuple(parts), lead)


def themes_met(home: HomeFacts, asset: AssetFacts) -> list[WishedTag]:
    """Return the wished themes that a place meets: by its kind, or by what it says.

    Most wished first.
    """
    offers = f"{asset.could_give}\n{asset.would_love}".lower()
    met = [tag for tag in home.wished if _meets(tag, asset, offers)]
    return sorted(met, key=lambda tag: (-tag.wishes, tag.slug))


def _meets(tag: WishedTag, asset: AssetFacts, offers: str) -> bool:
    if asset.category in tag.categories or (len(offers) > 1 and tag.pattern.search(offers)):
        return True
    return bool(tag.tells_of and tag.pattern.search(asset.about.lower()))


def interest_value(met: int, wished: int) -> float:
    """Return the share of the wished themes met; three are enough for a full one."""
    return min(met / min(wished, FULL_INTEREST), 1.0) if wished else 0.0


def capacity_value(asset: AssetFacts, *, today: dt.date) -> float:
    """Say how far a place tells of room, a day or helpers; 0 while it is closed."""
    if is_closed(asset, today):
        return 0.0
    if asset.could_give or asset.would_love:
        return 1.0
    return HOURS_ONLY if asset.opening_hours else NOT_SAID


def is_closed(asset: AssetFacts, today: dt.date) -> bool:
    """Say whether it is closed for now, by its own word."""
    since, until = asset.closed_from, asset.closed_until
    if since is None and until is None:
        return False
    return (since is None or since <= today) and (until is None or today <= until)


def way_in(asset: AssetFacts) -> str:
    """Return how far a wheelchair gets in: yes, limited, no or unknown.

    Where nobody has said, the entrance tells: level is at least a part of it.
    """
    if asset.wheelchair != "unknown":
        return asset.wheelchair
    return {"yes": "limited", "no": "no"}.get(asset.step_free, "unknown")


def order(found: Score, *, metres: float, pk: int) -> tuple[float, int, float, int]:
    """Return the key that sorts best first: fit, then wishes, then the nearer one."""
    return (-found.total, -found.wishes, metres, pk)


def fits_a_wish(found: Score) -> bool:
    """Say whether it meets at least one wish."""
    return found.wishes > 0


def _capacity_words(asset: AssetFacts, today: dt.date) -> str:
    if is_closed(asset, today):
        return telling.closed_words(asset.closed_until)
    return telling.capacity_words(asset.could_give, asset.would_love, asset.opening_hours)


def tally(scores: Iterable[Score]) -> dict[str, int]:
    """Count what each filter of the page would leave."""
    counts = {"wish": 0, "walk": 0, "new": 0}
    for found in scores:
        counts["wish"] += fits_a_wish(found)
        counts["walk"] += found.walkable
        counts["new"] += found.novelty > 0
    return counts
