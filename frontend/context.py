"""What every page's template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from assets.categories import CATEGORIES
from fans.people.demo import demo_is_loaded, demo_people
from frontend.categories import FAMILY_OF
from frontend.navigation import navigation


def map_at() -> str:
    """Return "lat,lon,zoom" at which a map begins: the operator's choice."""
    config: dict[str, Any] = settings.LEAFLET_CONFIG
    lat, lon = config["DEFAULT_CENTER"]
    return f"{lat:.5f},{lon:.5f},{config['DEFAULT_ZOOM']}"


def map_ground() -> dict[str, str]:
    """Say what is drawn under the signs, and whose it is; no address, our own data."""
    if settings.BASEMAP_PMTILES:
        url, credit = reverse("frontend:basemap"), settings.BASEMAP_ATTRIBUTION
    else:
        url, credit = settings.TILE_URL, settings.TILE_ATTRIBUTION
    return {"tile_url": url, "tile_attribution": credit}


def site(request: HttpRequest) -> dict[str, Any]:
    """Give the ways through the site for this visitor, and what the operator has set."""
    return {
        "navigation": SimpleLazyObject(lambda: navigation(request)),
        "demo": SimpleLazyObject(demo_is_loaded),
        "demo_people": SimpleLazyObject(demo_people),
        "map_at": map_at(),
        "category_families": FAMILY_OF,
        "category_names": {kind.slug: kind.label for kind in CATEGORIES},
        **map_ground(),
    }
