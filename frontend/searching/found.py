"""What the search box offers: one line for each thing found, and where it leads."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.contrib.gis.geos import Point
from django.urls import reverse

from assets.categories import BY_SLUG, Category
from assets.models import Asset
from frontend.spots import zoom_of
from geo.search import PLACE, NamedPoint
from geo.wording import distance_words
from homes.models import Home

_SPOT_DETAILS: Final = {
    "postcode": "Postcode",
    "sector": "Part of a postcode",
    "outcode": "Postcode district",
    PLACE: "Town or village",
}


@dataclass(frozen=True)
class Found:
    """One line of the answer. ``kind``: place, postcode, category, asset or home."""

    kind: str
    label: str
    detail: str
    url: str
    point: Point | None = None  # SRID 4326

    def as_json(self) -> dict[str, object]:
        """Return it as the answer to a script: longitude first, to a metre."""
        at = [round(self.point.x, 5), round(self.point.y, 5)] if self.point else None
        return {
            "kind": self.kind,
            "label": self.label,
            "detail": self.detail,
            "url": self.url,
            "point": at,
        }


def of_spot(spot: NamedPoint) -> Found:
    """Offer a postcode or a town: the map goes there."""
    at = f"{spot.point.y:.5f},{spot.point.x:.5f},{zoom_of(spot)}"
    query = urlencode({"q": spot.name, "at": at}, safe=",")
    kind = "place" if spot.kind == PLACE else "postcode"
    url = f"{reverse('frontend:map')}?{query}"
    return Found(kind, spot.name, _SPOT_DETAILS[spot.kind], url, spot.point)


def of_kind(category: Category, *, near: str) -> Found:
    """Offer a kind of place: the map shows this kind alone. ``near``: a spot's name or ""."""
    query = {"category": category.slug, **({"q": near} if near else {})}
    url = f"{reverse('frontend:map')}?{urlencode(query)}"
    label = f"{category.label} near {near}" if near else category.label
    return Found("category", label, "Kind of place", url)


def of_asset(asset: Asset, *, says_distance: bool) -> Found:
    """Offer a place or group: its own page."""
    town = asset.address.rpartition(",")[2].strip()
    parts = [BY_SLUG[asset.category].label, town, _away(asset, says_distance)]
    url = reverse("frontend:asset", args=[asset.pk])
    return Found("asset", asset.name, ", ".join(filter(None, parts)), url, asset.location)


def of_home(home: Home, *, says_distance: bool) -> Found:
    """Offer a care home as everybody may see it: its own page."""
    parts = ["Care home", home.local_authority, _away(home, says_distance)]
    url = reverse("frontend:home", args=[home.pk])
    return Found("home", home.shown_name, ", ".join(filter(None, parts)), url, home.shown_at)


def _away(row: Asset | Home, says_distance: bool) -> str:
    distance = getattr(row, "distance", None)
    return distance_words(distance.m) if says_distance and distance is not None else ""
