"""The country's care homes: registrations, beds as homes really have them, offers."""

import datetime as dt
import math
from array import array
from collections.abc import Iterator
from typing import Any, Final

from config.country.copying import NULL, point
from config.country.dice import bell, dice, pick, slots
from config.country.ground import Ground, Spot
from config.country.plan import Plan
from config.country.words import address, words
from config.made_up import COUNTRY_NUMBER
from homes.models import HomeAssetKind

COLUMNS: Final = (
    *("id", "name", "kind", "address", "postcode", "location", "location_precision"),
    *("location_source", "phone", "website", "local_authority", "welcome_role", "is_demo"),
)
REGISTRATION_COLUMNS: Final = (
    *("home", "regulator", "regulator_id", "provider", "name", "local_authority"),
    *("beds", "from_on"),
)
OFFER_COLUMNS: Final = ("id", "home", "kind", "is_public", "listed_on")

REGULATORS: Final = {"W": "ciw", "S": "ci", "N": "rqia"}
"""By the first letter of the authority's code; England's is the CQC."""

_KINDS: Final = slots([("residential", 58), ("nursing", 16), ("both", 26)])
_WELCOME: Final = ("Manager", "Activities coordinator", "Front desk", "")
_SMALL: Final = 0.16
_TYPICAL_BEDS: Final = 36
_SPREAD: Final = 0.5
_MOST_BEDS: Final = 200
_UNKNOWN: Final = 0.02


class HomeMaker:
    """Makes rows; remembers each home's spot, beds and offers."""

    def __init__(self, plan: Plan, ground: Ground, first_id: int) -> None:
        self.plan, self.first_id = plan, first_id
        self.spots = [ground.spots[n % len(ground.spots)] for n in range(plan.homes)]
        self.names: list[str] = []
        self.beds = array("H")  # 0: unknown
        self.offers: dict[int, list[int]] = {}

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Yield every home's values, as ``COLUMNS`` names them."""
        draw, lists = dice(self.plan.seed, "homes"), words()["homes"]
        for number, spot in enumerate(self.spots):
            name = f"{pick(draw, lists['firsts'])} {pick(draw, lists['seconds'])}"
            self.names.append(name)
            yield (
                *(self.first_id + number, name, pick(draw, _KINDS)),
                *(address(draw, spot.town), spot.postcode, point(spot.lon, spot.lat)),
                *("postcode", "postcode", f"01632 960{int(draw() * 1000):03}"),
                f"https://example.org/country/homes/{number + 1}" if draw() < 0.7 else "",
                *(spot.authority, pick(draw, _WELCOME), "t"),
            )

    def registration_rows(self) -> Iterator[tuple[Any, ...]]:
        """Yield one registration a home, as ``REGISTRATION_COLUMNS`` names them."""
        draw, lists = dice(self.plan.seed, "registrations"), words()["homes"]
        for number, spot in enumerate(self.spots):
            beds = _beds(draw)
            self.beds.append(beds)
            since = self.plan.until - dt.timedelta(days=800 + int(draw() * 5000))
            provider = pick(draw, lists["providers"]).format(pick(draw, lists["firsts"]))
            yield (
                *(self.first_id + number, REGULATORS.get(spot.nation, "cqc")),
                *(f"{COUNTRY_NUMBER}{number + 1:06}", provider, self.names[number]),
                *(spot.authority, beds or NULL, since),
            )

    def offer_rows(self, first_id: int) -> Iterator[tuple[Any, ...]]:
        """Yield what two homes in three offer, as ``OFFER_COLUMNS`` names them."""
        draw, next_id = dice(self.plan.seed, "offers"), first_id
        for home in range(self.first_id, self.first_id + len(self.spots)):
            if draw() < 0.33:
                continue
            kinds = {pick(draw, HomeAssetKind.values): None for _ in range(int(draw() * 7))}
            self.offers[home] = list(range(next_id, next_id + len(kinds)))
            for kind in kinds:
                listed = self.plan.until - dt.timedelta(days=int(draw() * 800))
                yield next_id, home, kind, "t" if draw() < 0.6 else "f", listed
                next_id += 1

    def spot_of(self, home: int) -> Spot:
        """Return where a home lies."""
        return self.spots[home - self.first_id]

    def beds_of(self, home: int) -> int:
        """Return a home's beds, or a typical number where they are unknown."""
        return self.beds[home - self.first_id] or _TYPICAL_BEDS


def _beds(draw: Any) -> int:
    chance = draw()
    if chance < _UNKNOWN:
        return 0
    if chance < _UNKNOWN + _SMALL:
        return 2 + int(draw() * 5)  # somebody's own house
    return min(_MOST_BEDS, max(7, round(_TYPICAL_BEDS * math.exp(bell(draw) * _SPREAD))))
