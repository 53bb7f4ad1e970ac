"""How often mail may be asked for: strict for each address, generous for a network.

A whole school or care home sits behind one router: nobody there locks the others out.
"""

from typing import Final

from allauth.core.internal import ratelimit
from django.http import HttpRequest

_RATES: Final = {"network": "300/h/ip", "address": "3/h/key"}


def network_may(request: HttpRequest) -> bool:
    """Count a request for mail, and say whether its network has not asked too often."""
    return _consume(request, "network")


def address_may(request: HttpRequest, address: str) -> bool:
    """Count a mail to an address, and say whether it has not had too many."""
    return _consume(request, "address", address.strip().lower())


def _consume(request: HttpRequest, action: str, key: str | None = None) -> bool:
    used = ratelimit.consume(
        request, app="volunteers", action=action, config=_RATES, key=key, limit_get=True
    )
    return used is not None
