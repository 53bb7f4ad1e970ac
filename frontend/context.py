"""What every page's template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from frontend.navigation import navigation


def site(request: HttpRequest) -> dict[str, Any]:
    """Give the ways through the site for this visitor, and what the operator has set."""
    return {
        "navigation": SimpleLazyObject(lambda: navigation(request)),
        "safeguarding_contact": settings.SAFEGUARDING_CONTACT,
        "demo": settings.DEMO_ALLOWED,
        "tile_url": settings.TILE_URL,
        "tile_attribution": settings.TILE_ATTRIBUTION,
    }
