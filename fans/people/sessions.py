"""How long somebody stays signed in, and what ends their other sessions."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from fans.people.second_factor import needs_second_factor

ENDS = "ends"
"""Where a session keeps its last moment, in seconds since 1970."""


class SessionAgeMiddleware:
    """Ends a session at its last moment, however often it was used meanwhile."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Sign out whose time is over; the page asked for then decides what it shows."""
        # Without a cookie there is no session: public pages cost no look-up.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and _is_over(request):
            logout(request)
        return self.get_response(request)


def _is_over(request: HttpRequest) -> bool:
    if SESSION_KEY not in request.session:
        return False
    return bool(request.session.get(ENDS, 0) <= timezone.now().timestamp())


def note_end(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Set a new session's last moment: sooner for roles that need a second step."""
    days = settings.SESSION_LASTS_DAYS
    if needs_second_factor(user):
        days = settings.SESSION_LASTS_DAYS_PERSON_LEVEL
    request.session[ENDS] = (timezone.now() + dt.timedelta(days=days)).timestamp()


def shorten(request: HttpRequest) -> None:
    """Bring the last moment of a session forward whose person has been given such a role."""
    latest = timezone.now() + dt.timedelta(days=settings.SESSION_LASTS_DAYS_PERSON_LEVEL)
    if request.session.get(ENDS, 0) > latest.timestamp():
        request.session[ENDS] = latest.timestamp()


def end_others(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """End a person's other sessions once they have added or removed a second step."""
    others = UserSession.objects.filter(user=user)
    for session in others.exclude(session_key=request.session.session_key):
        session.end()
