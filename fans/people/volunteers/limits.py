"""How often mail may be asked for: strict for each address, generous for a network.

A whole school or care home sits behind one router: nobody there locks the others out.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Final

from allauth.core.internal import ratelimit
from django.http import HttpRequest

_RATES: Final = {"network": "300/h/ip", "address": "3/h/key"}
ANSWERS_AFTER_S: Final = 0.3
"""Longer than the work takes for any address."""


@contextmanager
def at_one_pace() -> Iterator[None]:
    """Let an answer come as late for one address as for another.

    An offer from an address with an account is less work than from a new one: by the time
    alone somebody could tell who takes part.
    """
    ends = monotonic() + ANSWERS_AFTER_S
    try:
        yield
    finally:
        sleep(max(0, ends - monotonic()))


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
