"""How often anybody may claim a place: strict for each place, generous for a network."""

from typing import Final

from allauth.core.internal import ratelimit
from django.http import HttpRequest

_RATES: Final = {"network": "30/h/ip", "place": "5/d/key"}


def network_may(request: HttpRequest) -> bool:
    """Count a claim, and say whether its network has not made too many."""
    return _consume(request, "network")


def place_may(request: HttpRequest, pk: int) -> bool:
    """Count a claim on a place, and say whether there were not too many in a day."""
    return _consume(request, "place", str(pk))


def _consume(request: HttpRequest, action: str, key: str | None = None) -> bool:
    used = ratelimit.consume(
        request, app="partners", action=action, config=_RATES, key=key, limit_get=True
    )
    return used is not None
