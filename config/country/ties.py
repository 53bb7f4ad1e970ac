"""Who each home is tied to, and how far each tie has come."""

import datetime as dt
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from config.country.assets import AssetMaker
from config.country.copying import NULL
from config.country.dice import dice, pick, slots
from config.country.homes import HomeMaker
from config.country.plan import Plan
from config.country.rhythm import RHYTHMS, Calendar, Draw, Rhythm
from config.country.words import words
from fans.connections.rhythm import LATEST_CONTACTS, is_going_quiet

PARTNER_COLUMNS: Final = ("id", "kind", "asset", "name", "own_category")
TIE_COLUMNS: Final = (
    *("id", "home", "partner", "status", "declined_reason", "arranged_by", "depth"),
    *("generations", "home_confirmed_at", "partner_confirmed_at", "created_at"),
)

_SCHOOLS: Final = ("school", "early_years", "college", "youth")
_WITHIN_REACH: Final = 0.75
# What kind of partner: an asset on the map, or one that is not.
_KINDS: Final = slots([("asset", 84), ("group", 8), ("family", 4), ("professional", 4)])
_ARRANGERS: Final = slots([("home", 6), ("champion", 3), ("partner", 2)])
_BEGINNINGS: Final = slots([("idea", 4), ("asked", 4), ("agreed", 1), ("declined", 2)])
_REASONS: Final = ("not_now", "too_far", "lost_touch")
_IDEAS_A_HOME: Final = 2


@dataclass(frozen=True)
class Tie:
    """One partnership of one home, with the days of its contacts."""

    id: int
    home: int
    slug: str  # its partner's category; empty for family and professionals
    is_community: bool
    rhythm: Rhythm
    days: list[int]


class TieMaker:
    """Makes partners and partnerships while the log is made; their rows wait in lists."""

    def __init__(
        self,
        plan: Plan,
        homes: HomeMaker,
        assets: AssetMaker,
        reach: Mapping[int, "array[int]"],
        first_ids: tuple[int, int],
    ) -> None:
        self.plan, self.homes, self.assets, self.reach = plan, homes, assets, reach
        self.draw: Draw = dice(plan.seed, "ties")
        self.calendar = Calendar(plan.until)
        self.next_partner, self.next_tie = first_ids
        self.partner_of_asset: dict[int, int] = {}
        self.partner_rows: list[tuple[Any, ...]] = []
        self.tie_rows: list[tuple[Any, ...]] = []

    def ties_of(self, home: int, rows: int) -> Iterator[Tie]:
        """Yield ties of one home until their contacts come to exactly so many rows."""
        known: set[int] = set()
        while rows > 0:
            rhythm = pick(self.draw, RHYTHMS)
            kind, slug, partner = self._partner(home, known)
            days = self.calendar.contacts(self.draw, rhythm, in_term=slug in _SCHOOLS)
            days = days[-rows:]
            rows -= len(days)
            is_community = kind in ("asset", "group")
            tie = Tie(self.next_tie, home, slug, is_community, rhythm, days)
            self._note(tie, partner)
            yield tie
        if self.plan.connections:
            for _ in range(int(self.draw() * (_IDEAS_A_HOME + 1))):
                self._note_idea(home, known)

    def _partner(self, home: int, known: set[int]) -> tuple[str, str, int]:
        """Return kind, category and id of a partner that this home has no tie with yet."""
        kind = pick(self.draw, _KINDS)
        if kind == "asset":
            asset = self._asset(home, known)
            if asset is not None:
                known.add(asset)
                slug = self.assets.slugs[asset - self.assets.first_id]
                return kind, slug, self._partner_for(asset, home)
            kind = "group"
        if kind == "group":
            name, slug = pick(self.draw, words()["groups"])
            name = f"{pick(self.draw, words()['homes']['firsts'])} {name}"
        else:
            key = {"family": "family", "professional": "professionals"}[kind]
            name, slug = pick(self.draw, words()[key]), ""
        return kind, slug, self._add_partner(kind, NULL, name, slug)

    def _asset(self, home: int, known: set[int]) -> int | None:
        """Choose an asset within reach for most ties, else one of the same town."""
        near = self.reach.get(home, array("q"))
        town = self.assets.partners_by_town.get(self.homes.spot_of(home).town, array("q"))
        first, second = (near, town) if self.draw() < _WITHIN_REACH else (town, near)
        for among in (first, second):
            for _ in range(4 if among else 0):
                asset = pick(self.draw, among)
                if asset not in known:
                    return asset
        return None

    def _partner_for(self, asset: int, home: int) -> int:
        partner = self.partner_of_asset.get(asset)
        if partner is None:
            partner = self._add_partner("asset", asset, "", "")
            self.partner_of_asset[asset] = partner
        return partner

    def _add_partner(self, kind: str, asset: int | str, name: str, slug: str) -> int:
        partner = self.next_partner
        self.next_partner += 1
        self.partner_rows.append((partner, kind, asset, name, slug))
        return partner

    def _note(self, tie: Tie, partner: int) -> None:
        days = [self.calendar.days[day] for day in tie.days]
        status = "active"
        if is_going_quiet(days[-LATEST_CONTACTS:], on=self.plan.until):
            status = "ended" if self.draw() < 0.3 else "quiet"
        begun = _morning(days[0] - dt.timedelta(days=14))
        confirmed = _morning(days[0] - dt.timedelta(days=7))
        generations = "t" if tie.slug in _SCHOOLS else "f"
        depth = tie.rhythm.depth if self.draw() < 0.8 else NULL
        self.tie_rows.append(
            (
                *(tie.id, tie.home, partner, status, "", pick(self.draw, _ARRANGERS)),
                *(depth, generations, confirmed, confirmed, begun),
            )
        )
        self.next_tie += 1

    def _note_idea(self, home: int, known: set[int]) -> None:
        """Add a tie that has not begun: nothing is logged with it."""
        _, slug, partner = self._partner(home, known)
        status = pick(self.draw, _BEGINNINGS)
        reason = pick(self.draw, _REASONS) if status == "declined" else ""
        begun = _morning(self.plan.until - dt.timedelta(days=int(self.draw() * 200)))
        self.tie_rows.append(
            (
                *(self.next_tie, home, partner, status, reason, "champion", NULL),
                *("t" if slug in _SCHOOLS else "f", NULL, NULL, begun),
            )
        )
        self.next_tie += 1


def _morning(day: dt.date) -> str:
    return f"{day} 09:00:00+00"
