"""Asks once more who it is before anything about a person leaves or goes."""

import datetime as dt
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

LOOKS: Final = "60/h/user"
"""Every look goes through all tables."""

FRESH_FOR: Final = dt.timedelta(minutes=10)
"""How long a sign-in by code counts, for people who have neither password nor app."""

View = Callable[..., Any]


def bounded(view: View) -> View:
    """Let nobody keep the database busy with looking through itself."""

    @wraps(view)
    def within_bounds(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        used = ratelimit.consume(
            request,
            app="privacy",
            action="look",
            config={"look": LOOKS},
            user=request.user,
            limit_get=True,
        )
        if used is not None:
            response: HttpResponseBase = view(request, *args, **kwargs)
            return response
        return render(request, "429.html", status=429)

    return within_bounds


def proved(view: View) -> View:
    """Ask for a password or second step once more, or for a fresh sign-in by code."""

    @wraps(view)
    def once_more(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if get_reauthentication_flows(request.user) or _is_fresh(request):
            response: HttpResponseBase = view(request, *args, **kwargs)
            return response
        return render(request, "privacy/sign_in_again.html", {"to": request.path})

    guarded: View = reauthentication_required(once_more)
    return guarded


def _is_fresh(request: HttpRequest) -> bool:
    times = [record["at"] for record in get_authentication_records(request, request.user)]
    return bool(times) and time.time() - times[-1] < FRESH_FOR.total_seconds()
