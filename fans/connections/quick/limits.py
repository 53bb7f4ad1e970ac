"""How often anybody may note something from a sheet.

A whole home sits behind one router, and a sheet hangs for all who work there: the numbers
are far above what a busy day brings, and far below what a machine would send.
"""

from typing import Final

from allauth.core.internal import ratelimit
from django.http import HttpRequest

_RATES: Final = {"network": "120/h/ip", "code": "60/h/key"}
TRAP: Final = "url"
"""A field that people do not see, and that machines fill in."""


def network_may(request: HttpRequest) -> bool:
    """Count an entry, and say whether its network has not sent too many."""
    return _consume(request, "network")


def code_may(request: HttpRequest, pk: int) -> bool:
    """Count an entry from a sheet, and say whether there were not too many in an hour."""
    return _consume(request, "code", str(pk))


def _consume(request: HttpRequest, action: str, key: str | None = None) -> bool:
    used = ratelimit.consume(
        request, app="quick", action=action, config=_RATES, key=key, limit_get=True
    )
    return used is not None
