"""How often, and how fast, somebody without an account may suggest.

A whole school or care home sits behind one router: nobody there locks the others out.
"""

import time
from typing import Any, Final

from allauth.core.internal import ratelimit
from django.core import signing
from django.http import HttpRequest

_RATES: Final = {"network": "60/h/ip", "address": "3/h/key"}
FASTEST_S: Final = 3.0
"""Nobody reads the form and fills it in sooner; a machine does."""
_SALT: Final = "proposals.form"
TRAP: Final = "url"
"""A field that people do not see, and that machines fill in."""


def network_may(request: HttpRequest) -> bool:
    """Count a suggestion, and say whether its network has not sent too many."""
    return _consume(request, "network")


def address_may(request: HttpRequest, address: str) -> bool:
    """Count an address given for the outcome, and say whether it was not given too often."""
    return _consume(request, "address", address.strip().lower())


def seal(**what: Any) -> str:
    """Return what a form has to bring back: when it was opened, and what it showed."""
    return signing.dumps({**what, "opened": time.time()}, salt=_SALT, compress=True)


def unseal(sealed: str) -> dict[str, Any] | None:
    """Return what was sealed; None for what is not ours."""
    try:
        opened: dict[str, Any] = signing.loads(sealed, salt=_SALT)
    except signing.BadSignature:
        return None
    return opened


def is_too_fast(sealed: dict[str, Any]) -> bool:
    """Say whether the form came back sooner than anybody could fill it in."""
    return time.time() - float(sealed["opened"]) < FASTEST_S


def _consume(request: HttpRequest, action: str, key: str | None = None) -> bool:
    used = ratelimit.consume(
        request, app="proposals", action=action, config=_RATES, key=key, limit_get=True
    )
    return used is not None
