"""The demo's 300 places, groups and neighbours' gifts."""

import datetime as dt
import random
from typing import Any, Final

from assets import categories
from assets.checking.renewing import renew
from assets.models import (
    Asset,
    AssetSource,
    CheckMethod,
    Fact,
    FactCheck,
    Visibility,
)
from config.demo.ground import Spot
from config.demo.homes import NEAR_M
from config.demo.words import dice, words
from fans.people.models import Person
from geo.models import Precision
from homes.models import Home

NEIGHBOURS: Final = 14
"""Places near each enrolled home beside those it has ties with."""

WHEELCHAIR: Final = ("yes",) * 9 + ("limited",) * 4 + ("no",) * 2 + ("unknown",) * 5
ACCESS: Final = {
    "yes": ("Level at the door, wide toilet", "Ramp at the side door", "Level throughout"),
    "limited": ("One step at the front; staff bring a ramp", "Level, but no wide toilet"),
    "no": ("Three steps and no other way in",),
    "unknown": ("",),
}
SENTENCES: Final = {
    "description": "about",
    "opening_hours": "hours",
    "cost": "cost",
    "suits": "suits",
    "could_give": "gives",
    "would_love": "loves",
    "who_to_ask": "ask",
}
# How long ago the oldest fact was checked: freshly for most, some due, some stale.
CHECKED_DAYS_AGO: Final = (9, 24, 41, 60, 75, 90, 200, 270, 330, 450, 600, 900)


def make_assets(
    seed: int,
    spots: list[Spot],
    homes: dict[str, Home],
    tied: dict[str, list[str]],
    start: dt.date,
) -> dict[str, Asset]:
    """Make the assets; returned by name. ``tied`` names those near each enrolled home.

    Nearly all were on the map before the programme began, on ``start``.
    """
    roll = dice(seed, "assets")
    near = _near(roll, homes, tied, spots)
    rows: list[Asset] = []
    for slug, facts in words("assets")["categories"].items():
        for name in facts["names"]:
            place = near.get(name) or roll.choice(spots)
            rows.append(_asset(roll, len(rows) + 1, slug, name, facts, place, start))
    _hold_some_back(rows, tied)
    Asset.objects.bulk_create(rows)
    return {asset.name: asset for asset in rows}


def check_assets(seed: int, assets: dict[str, Asset], champion: Person, today: dt.date) -> None:
    """Enter when each fact was checked, so that all three check states are there."""
    roll = dice(seed, "checks")
    checks: list[FactCheck] = []
    for asset in assets.values():
        days = roll.choice(CHECKED_DAYS_AGO)
        for fact in _facts_of(asset):
            # A phone number is asked again sooner than a building moves.
            since = 0 if fact == Fact.PLACE else roll.randrange(min(days, 60))
            check = FactCheck(asset=asset, fact=fact, how=roll.choice(CheckMethod.values))
            check.checked_on = today - dt.timedelta(days=days - since)
            check.by = champion
            checks.append(check)
            if fact == Fact.CONTACT:
                asset.email_confirmed = asset.email
    FactCheck.objects.bulk_create(checks)
    Asset.objects.bulk_update(assets.values(), ["email_confirmed"])
    renew([asset.pk for asset in assets.values()], today=today)


def _near(
    roll: random.Random,
    homes: dict[str, Home],
    tied: dict[str, list[str]],
    spots: list[Spot],
) -> dict[str, Spot]:
    """Choose places around the enrolled homes for their ties and some more."""
    named = {name for names in tied.values() for name in names}
    others = [
        name
        for slug, facts in words("assets")["categories"].items()
        if slug not in categories.UNREACHABLE
        for name in facts["names"]
        if name not in named
    ]
    roll.shuffle(others)
    found: dict[str, Spot] = {}
    for key, names in tied.items():
        here = Spot.of(homes[key])
        around = [spot for spot in spots if spot.metres_to(here) <= NEAR_M]
        more = [others.pop() for _ in range(NEIGHBOURS)]
        found |= {name: roll.choice(around) for name in [*names, *more]}
    return found


def _asset(
    roll: random.Random,
    number: int,
    slug: str,
    name: str,
    facts: dict[str, Any],
    spot: Spot,
    start: dt.date,
) -> Asset:
    asset = Asset(
        name=name,
        category=slug,
        abcd_type=categories.BY_SLUG[slug].abcd_type,
        phone=f"0161 496 0{number:03}" if facts["phone"] and roll.random() < 0.85 else "",
        website=f"https://example.org/places/{number}" if facts["website"] else "",
        visibility=Visibility.PUBLISHED,
        published_on=start - dt.timedelta(days=roll.randint(5, 120)),
        source=AssetSource.DEMO,
        source_ref=f"demo-{number:03}",
        source_licence="MIT (made up)",
    )
    for column, key in SENTENCES.items():
        setattr(asset, column, roll.choice(facts[key]))
    asset.wheelchair = roll.choice(WHEELCHAIR)
    asset.access_notes = roll.choice(ACCESS[asset.wheelchair])
    if slug in categories.UNLOCATED:
        asset.wheelchair, asset.access_notes = "unknown", ""
    else:
        _place(roll, asset, spot)
    return asset


def _place(roll: random.Random, asset: Asset, spot: Spot) -> None:
    asset.postcode = spot.written()
    asset.address = f"{roll.randint(1, 120)} {roll.choice(words('streets')['streets'])}"
    if roll.random() < 0.85:
        east, north = roll.uniform(-35, 35), roll.uniform(-35, 35)
        asset.location = spot.point(east_m=east, north_m=north)
        asset.location_precision, asset.location_source = Precision.EXACT, "map"
    else:
        asset.location = spot.point()
        asset.location_precision, asset.location_source = Precision.POSTCODE, "postcode"


def _hold_some_back(rows: list[Asset], tied: dict[str, list[str]]) -> None:
    """Keep gifts from the public, and leave a few places waiting for the champion."""
    named = {name for names in tied.values() for name in names}
    for number, asset in enumerate(rows):
        if asset.category == categories.INDIVIDUAL_GIFT:
            asset.visibility, asset.published_on = Visibility.HIDDEN, None
        elif number % 43 == 7 and asset.name not in named:
            asset.visibility, asset.published_on = Visibility.DRAFT, None


def _facts_of(asset: Asset) -> list[str]:
    known = {
        Fact.PLACE: asset.location,
        Fact.PHONE: asset.phone,
        Fact.HOURS: asset.opening_hours,
        Fact.ACCESS: asset.wheelchair != "unknown",
        Fact.COST: asset.cost,
        Fact.CONTACT: asset.who_to_ask,
    }
    return [fact for fact, value in known.items() if value]
