"""What a later import may change: only what the earlier one had put there."""

import hashlib
import math
from typing import Any, Final

from django.contrib.gis.geos import GEOSGeometry, Point

from assets import categories
from assets.candidates import Placed
from assets.models import Asset
from geo.srid import WGS84

NOTHING_SAID: Final = {"wheelchair": "unknown", "state": "open"}
"""What a column holds where a file says nothing; "" unless named here."""

SAME_PLACE_M: Final = 1.0
"""A file that moves a point by less has only been measured again."""


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
    if placed.candidate.closed:
        said["state"] = "closed"
    return said


def merge(asset: Asset, placed: Placed) -> set[str]:
    """Bring an asset up to what its source says now; return the columns that changed.

    A column that somebody has edited since the last import is left alone. What the
    source says is kept in ``source_values`` either way, and named when it is new.
    """
    before = asset.source_values
    now = {**before, "state": "closed"} if placed.only_closed else said_by(placed)
    changed = _merge_words(asset, before, now)
    if _moved(before, now):
        if _stands_at(asset.location, before):
            changed |= _move(asset, placed)
    else:
        # Measured again: keep the first, or small steps would add up unseen.
        now |= {key: before[key] for key in ("lon", "lat") if key in before}
    if now.get("outline") != before.get("outline"):
        asset.outline = _outline(placed)
        changed.add("outline")
    if now != before:
        asset.source_values = now
        changed.add("source_values")
    return changed


def _outline(placed: Placed) -> GEOSGeometry | None:
    return GEOSGeometry(placed.outline, srid=WGS84) if placed.outline else None


def _merge_words(asset: Asset, before: dict[str, Any], now: dict[str, Any]) -> set[str]:
    changed: set[str] = set()
    for column in _words(now):
        nothing = NOTHING_SAID.get(column, "")
        old, new = before.get(column, nothing), now.get(column, nothing)
        if new == old or getattr(asset, column) != old:
            continue
        if column == "category" and not _may_become(asset, new):
            continue
        setattr(asset, column, new)
        changed.add(column)
        if column == "category" and asset.abcd_type == categories.BY_SLUG[old].abcd_type:
            asset.abcd_type = categories.BY_SLUG[new].abcd_type
            changed.add("abcd_type")
    return changed


def _words(said: dict[str, Any]) -> list[str]:
    others = {"lon", "lat", "location_precision", "outline", "outside"}
    # A file that no longer says "closed" says that it is open.
    return [column for column in {**said, "state": ""} if column not in others]


def _may_become(asset: Asset, category: str) -> bool:
    return asset.location is None or category not in categories.UNLOCATED


def _point(said: dict[str, Any]) -> Point | None:
    return Point(said["lon"], said["lat"], srid=WGS84) if "lon" in said else None


def _moved(before: dict[str, Any], now: dict[str, Any]) -> bool:
    old, new = _point(before), _point(now)
    if old is None or new is None:
        return old is not new
    return _metres(old, new) >= SAME_PLACE_M


def _stands_at(location: Point | None, said: dict[str, Any]) -> bool:
    """Say whether the asset is still where the last import had put it."""
    point = _point(said)
    if location is None or point is None:
        return location is point
    return _metres(location, point) < SAME_PLACE_M


def _move(asset: Asset, placed: Placed) -> set[str]:
    if placed.has_place and asset.category in categories.UNLOCATED:
        return set()
    asset.location = Point(placed.lon, placed.lat, srid=WGS84) if placed.has_place else None
    asset.location_precision = placed.precision if placed.has_place else ""
    asset.location_source = placed.point_source if placed.has_place else ""
    return {"location", "location_precision", "location_source"}


def _metres(a: Point, b: Point) -> float:
    """Return the distance of two points a few metres apart, to a percent."""
    north, east = b.y - a.y, (b.x - a.x) * math.cos(math.radians(a.y))
    return math.hypot(north, east) * 111_195
