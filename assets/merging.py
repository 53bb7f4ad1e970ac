"""What a later import may change: only what the earlier one had put there.

And of that, nothing that somebody of ours vouches for: what a person has put right, or
has checked, stays until a person says otherwise. See docs/adr/0019 and docs/rounds.md.
"""

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.contrib.gis.geos import GEOSGeometry, Point

from assets import categories, further_facts
from assets.candidates import Placed
from assets.choices import Fact
from assets.facts import FIELDS
from assets.models import Asset
from geo.srid import WGS84

NOTHING_SAID: Final[dict[str, Any]] = {
    **further_facts.NOTHING,
    "wheelchair": "unknown",
    "state": "open",
}
"""What a column holds where a file says nothing; "" unless named here."""

SAME_PLACE_M: Final = 1.0
"""A file that moves a point by less has only been measured again."""

_PLACE: Final = ("lon", "lat", "location_precision")
_NO_COLUMNS: Final = frozenset({*_PLACE, "outline", "outside", "as_of", "ours"})


@dataclass(frozen=True)
class Minded:
    """How far somebody of ours vouches for an asset."""

    # Facts that somebody has checked, ever.
    facts: frozenset[str] = frozenset()
    # Somebody has said whether it is still there, or a home is tied to it.
    matters: bool = False

    def vouches_for(self, column: str) -> bool:
        """Say whether a check stands behind a column."""
        known = FIELDS.get("location" if column in _PLACE else column)
        return known is not None and known.fact is not None and known.fact in self.facts


NOBODY: Final = Minded()


@dataclass
class Merged:
    """What became of an asset that its source speaks of again."""

    # Columns that changed.
    changed: set[str] = field(default_factory=set)
    # What the source says anew and a person has to settle, by column.
    held: dict[str, Any] = field(default_factory=dict)
    # Columns that somebody of ours has put right, now or before an earlier import.
    ours: set[str] = field(default_factory=set)
    # The row is from before the one that we have.
    is_older: bool = False
    # It said that the place had closed, and says so no more.
    opens_again: bool = False


def said_by(placed: Placed) -> dict[str, Any]:
    """Return what the file says, as it is kept in ``source_values``."""
    said: dict[str, Any] = dict(placed.candidate.values)
    if placed.has_place:
        said["lon"], said["lat"] = placed.lon, placed.lat
        said["location_precision"] = placed.precision
    if placed.outline:
        wkb = bytes.fromhex(placed.outline)
        said["outline"] = hashlib.sha1(wkb, usedforsecurity=False).hexdigest()
    if placed.candidate.outside:
        said["outside"] = placed.candidate.outside
    if placed.candidate.as_of:
        said["as_of"] = placed.candidate.as_of
    if placed.candidate.closed:
        said["state"] = "closed"
    return said


def merge(asset: Asset, placed: Placed, minded: Minded = NOBODY) -> Merged:
    """Bring an asset up to what its source says now.

    A column that somebody has ever edited is left alone, even once the source agrees,
    and so is one that somebody has checked, or the closing of what matters to somebody:
    those are ``held`` for a person. What the source says is kept in ``source_values``
    either way, so that nothing is held twice. A row from before ours says nothing.
    """
    before = asset.source_values
    now = _said_closed(before, placed) if placed.only_closed else said_by(placed)
    if _is_older(now, before):
        return Merged(is_older=True)
    merged = Merged(opens_again="state" in before and "state" not in now)
    merged.ours |= set(before.get("ours", ()))
    _merge_words(asset, before, now, minded, merged)
    if _moved(before, now):
        _merge_place(asset, before, placed, minded, merged)
    else:
        # Measured again: keep the first, or small steps would add up unseen.
        now |= {key: before[key] for key in ("lon", "lat") if key in before}
    if now.get("outline") != before.get("outline"):
        asset.outline = _outline(placed)
        merged.changed.add("outline")
    if merged.ours:
        now["ours"] = sorted(merged.ours)
    if now != before:
        asset.source_values = now
        merged.changed.add("source_values")
    return merged


def _said_closed(before: dict[str, Any], placed: Placed) -> dict[str, Any]:
    as_of = placed.candidate.as_of
    return {**before, "state": "closed", **({"as_of": as_of} if as_of else {})}


def is_edited(asset: Asset, said: Mapping[str, Any]) -> bool:
    """Say whether an asset says anything that its source did not say."""
    for column, known in FIELDS.items():
        if column == "location":
            continue
        value = known.value_of(asset)
        here = str(value) if known.is_said(value) else ""
        there = said.get(column, "")
        if here != (str(there) if known.is_said(there) else ""):
            return True
    return not _stands_at(asset.location, said)


def _is_older(now: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Say whether a row is from before what we have, as far as both say when they are of."""
    new, old = now.get("as_of") or {}, before.get("as_of") or {}
    for key in ("version", "changed"):
        if key in new and key in old and new[key] != old[key]:
            return bool(new[key] < old[key])
    return False


def _outline(placed: Placed) -> GEOSGeometry | None:
    return GEOSGeometry(placed.outline, srid=WGS84) if placed.outline else None


def _merge_words(
    asset: Asset, before: dict[str, Any], now: dict[str, Any], minded: Minded, merged: Merged
) -> None:
    # Asked before a column changes: afterwards it differs from what was said.
    closes = now.get("state") == "closed" != before.get("state")
    stays = closes and (minded.matters or bool(minded.facts) or is_edited(asset, before))
    ages = asset.age_from, asset.age_to
    for column in _words({**before, **now}):
        nothing = NOTHING_SAID.get(column, "")
        old, new = before.get(column, nothing), now.get(column, nothing)
        if getattr(asset, column) != old:
            merged.ours.add(column)
        if new in (old, getattr(asset, column)):
            continue
        if column == "category" and not _may_become(asset, new):
            continue
        if stays if column == "state" and closes else _is_held(column, minded):
            merged.held[column] = new
            continue
        if column in merged.ours:
            continue
        setattr(asset, column, new)
        merged.changed.add(column)
        if column == "category" and asset.abcd_type == categories.BY_SLUG[old].abcd_type:
            asset.abcd_type = categories.BY_SLUG[new].abcd_type
            merged.changed.add("abcd_type")
    first, last = asset.age_from, asset.age_to
    if first is not None and last is not None and last < first:
        # One of them is ours, and the source's other one does not go with it.
        asset.age_from, asset.age_to = ages
        merged.changed -= {"age_from", "age_to"}


def _is_held(column: str, minded: Minded) -> bool:
    # What somebody of ours has said of its being there, no source takes back.
    return minded.matters if column == "state" else minded.vouches_for(column)


def _words(said: dict[str, Any]) -> list[str]:
    # A file that no longer says "closed" says that it is open.
    return [column for column in {**said, "state": ""} if column not in _NO_COLUMNS]


def _may_become(asset: Asset, category: str) -> bool:
    return asset.location is None or category not in categories.UNLOCATED


def _point(said: Mapping[str, Any]) -> Point | None:
    return Point(said["lon"], said["lat"], srid=WGS84) if "lon" in said else None


def _moved(before: dict[str, Any], now: dict[str, Any]) -> bool:
    old, new = _point(before), _point(now)
    if old is None or new is None:
        return old is not new
    return metres_between(old, new) >= SAME_PLACE_M


def _stands_at(location: Point | None, said: Mapping[str, Any]) -> bool:
    """Say whether the asset is still where the last import had put it."""
    point = _point(said)
    if location is None or point is None:
        return location is point
    return metres_between(location, point) < SAME_PLACE_M


def _merge_place(
    asset: Asset, before: dict[str, Any], placed: Placed, minded: Minded, merged: Merged
) -> None:
    if not _stands_at(asset.location, before):
        merged.ours.add("location")
    if Fact.PLACE in minded.facts:
        if placed.has_place:
            merged.held |= {"lon": placed.lon, "lat": placed.lat}
            merged.held |= {"location_precision": placed.precision}
        return
    if "location" not in merged.ours:
        merged.changed |= _move(asset, placed)


def _move(asset: Asset, placed: Placed) -> set[str]:
    if placed.has_place and asset.category in categories.UNLOCATED:
        return set()
    asset.location = Point(placed.lon, placed.lat, srid=WGS84) if placed.has_place else None
    asset.location_precision = placed.precision if placed.has_place else ""
    asset.location_source = placed.point_source if placed.has_place else ""
    return {"location", "location_precision", "location_source"}


def metres_between(a: Point, b: Point) -> float:
    """Return the distance of two points a few metres apart, to a percent."""
    north, east = b.y - a.y, (b.x - a.x) * math.cos(math.radians(a.y))
    return math.hypot(north, east) * 111_195
