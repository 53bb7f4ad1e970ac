"""How often anybody may try codes, and begin and send sheets.

A whole home sits behind one router: right codes are hardly counted, wrong ones are.
"""

from typing import Final

from allauth.core.internal import ratelimit
from django.http import HttpRequest

_RATES: Final = {"wrong": "30/h/ip", "begin": "120/h/ip", "send": "120/h/ip"}
_WRONG: Final = "wrong"


def may_try(request: HttpRequest) -> bool:
    """Say whether this network has not tried too many wrong codes lately."""
    return _consume(request, _WRONG, dry_run=True)


def was_wrong(request: HttpRequest) -> None:
    """Count a wrong code."""
    _consume(request, _WRONG)


def may_begin(request: HttpRequest) -> bool:
    """Count a sheet begun, and say whether there were not too many in an hour."""
    return _consume(request, "begin")


def may_send(request: HttpRequest) -> bool:
    """Count a sheet sent, and say whether there were not too many in an hour."""
    return _consume(request, "send")


def _consume(request: HttpRequest, action: str, *, dry_run: bool = False) -> bool:
    used = ratelimit.consume(
        request, app="respond", action=action, config=_RATES, limit_get=True, dry_run=dry_run
    )
    return used is not None
