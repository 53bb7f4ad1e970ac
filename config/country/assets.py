"""The country's places and groups: dense in towns, denser in high streets, 7 % rural."""

import datetime as dt
import math
from array import array
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, Final

from assets import categories
from assets.checking.intervals import facts_that_matter, interval_of
from assets.checking.states import state_of, worst
from assets.models import AssetSource, CheckMethod, Fact, Wheelchair
from config.country.copying import NULL, point
from config.country.dice import bell, dice, pick, slots
from config.country.ground import Ground, Spot
from config.country.plan import Plan
from config.country.words import address, words
from config.demo.words import words as demo_words
from config.made_up import COUNTRY_REF

COLUMNS: Final = (
    *("id", "name", "category", "abcd_type", "address", "postcode", "location"),
    *("location_precision", "location_source", "phone", "website", "wheelchair"),
    *("description", "opening_hours", "cost", "suits", "could_give", "would_love"),
    *("visibility", "state", "check_state", "published_on"),
    *("source", "source_ref", "source_licence"),
)
CHECK_COLUMNS: Final = ("asset", "fact", "checked_on", "how")

_METRES_A_DEGREE: Final = 111_320
_RURAL: Final = 0.07
_HIGH_STREET: Final = 0.35
_TOLD: Final = 0.15
_ADDRESSED: Final = 0.35
_PLACES_A_HIGH_STREET: Final = 60
_SCATTER_M: Final = {"rural": 450, "high street": 110, "street": 60}

_WHEELCHAIR: Final = slots([("yes", 45), ("limited", 18), ("no", 9), ("unknown", 28)])
# Who may see it, whether it still exists.
_STANDING: Final = slots(
    [
        (("published", "open"), 950),
        (("draft", "open"), 30),
        (("hidden", "open"), 10),
        (("published", "closed"), 10),
    ]
)
# Days since somebody looked: 0 is never.
_CHECKED: Final = slots([(0, 70), (60, 10), (150, 6), (800, 6), (1200, 8)])


class AssetMaker:
    """Makes rows; remembers what ties are made from."""

    def __init__(self, plan: Plan, ground: Ground, first_id: int) -> None:
        self.plan, self.ground, self.first_id = plan, ground, first_id
        self.draw = dice(plan.seed, "assets")
        high_streets = max(1, plan.assets // _PLACES_A_HIGH_STREET)
        self.high_streets = ground.spots[:high_streets]
        self.kinds = slots((slug, kind["share"]) for slug, kind in words()["assets"].items())
        self.sentences: dict[str, Any] = demo_words("assets")["categories"]
        days = [plan.until - dt.timedelta(days=730 + number) for number in range(200)]
        self.published_on = [day.isoformat() for day in days]
        # For ties: what may be a partner, by town; and when each was looked at.
        self.partners_by_town: dict[str, array[int]] = defaultdict(lambda: array("q"))
        self.slugs: list[str] = []
        self.checked_days_ago = array("H")
        self.facts: list[tuple[Fact, ...]] = []  # what each says, and a visit decides on

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Yield every asset's values, as ``COLUMNS`` names them."""
        for number in range(1, self.plan.assets + 1):
            yield self._row(number)

    def check_rows(self) -> Iterator[tuple[Any, ...]]:
        """Yield the checks of assets, as ``CHECK_COLUMNS`` names them."""
        draw = dice(self.plan.seed, "checks")
        for number, days in enumerate(self.checked_days_ago):
            if days:
                day = self.plan.until - dt.timedelta(days=days)
                how = pick(draw, CheckMethod.values)
                for fact in self.facts[number]:
                    yield self.first_id + number, fact.value, day, how

    def _row(self, number: int) -> tuple[Any, ...]:
        draw, slug = self.draw, pick(self.draw, self.kinds)
        visibility, state = pick(draw, _STANDING)
        if slug == categories.INDIVIDUAL_GIFT:
            visibility = "draft"  # a person's own gift is never public
        spot, where = self._where(slug)
        asset_id = self.first_id + number - 1
        days_ago = self._days_ago()
        self.slugs.append(slug)
        if (visibility, state) == ("published", "open") and slug not in categories.UNREACHABLE:
            self.partners_by_town[spot.town].append(asset_id)
        name = self._name(slug, spot)
        phone = f"01632 960{int(draw() * 1000):03}" if draw() < 0.6 else ""  # Ofcom: fiction
        website = f"https://example.org/country/{number}" if draw() < 0.4 else ""
        wheelchair, sentences = pick(draw, _WHEELCHAIR), tuple(self._sentences(slug))
        said = {
            Fact.PLACE: True,
            Fact.HOURS: bool(sentences[1]),
            Fact.ACCESS: wheelchair != Wheelchair.UNKNOWN,
            Fact.CONTACT: bool(website),
        }
        self.facts.append(tuple(fact for fact in facts_that_matter(slug) if said[fact]))
        return (
            *(asset_id, name, slug, categories.BY_SLUG[slug].abcd_type),
            *where,
            *(phone, website, wheelchair),
            *sentences,
            *(visibility, state, self._check_state(slug, days_ago)),
            pick(draw, self.published_on) if visibility == "published" else NULL,
            *(AssetSource.DEMO.value, f"{COUNTRY_REF}{number:07}", "MIT (made up)"),
        )

    def _name(self, slug: str, spot: Spot) -> str:
        draw, lists = self.draw, words()
        what = pick(draw, lists["assets"][slug]["names"])
        if slug == categories.INDIVIDUAL_GIFT:
            return f"A neighbour who {what}"
        name = f"{pick(draw, lists['homes']['firsts'])} {what}"
        # Chains and clubs carry their town.
        return f"{name}, {spot.town}" if spot.town and draw() < 0.3 else name

    def _sentences(self, slug: str) -> Iterator[str]:
        """Yield a sentence a column: most places are known by name and place alone."""
        said, is_told = self.sentences[slug], self.draw() < _TOLD
        for key in ("about", "hours", "cost", "suits", "gives", "loves"):
            yield pick(self.draw, said[key]) if is_told else ""

    def _where(self, slug: str) -> tuple[Spot, tuple[Any, ...]]:
        """Choose a place: its spot, and address, postcode, point, precision, source."""
        draw = self.draw
        chance = draw()
        if chance < _RURAL:
            spot, scatter = pick(draw, self.ground.rural), _SCATTER_M["rural"]
        elif chance < _RURAL + _HIGH_STREET:
            # The first of them are many times as long as the last.
            spot = self.high_streets[int(draw() ** 1.6 * len(self.high_streets))]
            scatter = _SCATTER_M["high street"]
        else:
            spot, scatter = pick(draw, self.ground.spots), _SCATTER_M["street"]
        if slug in categories.UNLOCATED:
            return spot, ("", "", NULL, "", "")
        north = bell(draw) * scatter / _METRES_A_DEGREE
        east = bell(draw) * scatter / (_METRES_A_DEGREE * math.cos(math.radians(spot.lat)))
        place = point(round(spot.lon + east, 6), round(spot.lat + north, 6))
        street = address(draw, spot.town) if draw() < _ADDRESSED else ""
        return spot, (street, spot.postcode if street else "", place, "exact", "map")

    def _days_ago(self) -> int:
        usual = pick(self.draw, _CHECKED)
        days = usual + int(self.draw() * usual / 5) if usual else 0
        self.checked_days_ago.append(days)
        return days

    def _check_state(self, slug: str, days_ago: int) -> str:
        today = dt.date.max
        day = today - dt.timedelta(days=days_ago) if days_ago else None
        facts = self.facts[-1]
        return worst(state_of(interval_of(fact, slug), day, today) for fact in facts).value
