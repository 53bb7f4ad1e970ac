"""The token of a mailed link, kept in a cookie: no address or Referer carries it on.

Not in the session: whatever follows a link, made up or not, would write one into the
database.
"""

import re
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{1,100}")
"""What ours look like; a cookie holds no other letters."""


def _cookie(name: str) -> str:
    return f"__Host-{name}" if settings.HTTPS else f"fans-{name}"


def keep(name: str, token: str, *, page: str) -> HttpResponse:
    """Put a token out of the address, and go to the page that asks."""
    response = redirect(page)
    response.set_cookie(
        _cookie(name),
        token if _TOKEN.fullmatch(token) else "-",
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    return response


def kept(request: HttpRequest, name: str) -> str:
    """Return the token kept; "" where there is none."""
    return request.COOKIES.get(_cookie(name), "")


def forget(response: HttpResponse, name: str) -> HttpResponse:
    """Take the token out of the browser."""
    response.delete_cookie(_cookie(name), samesite="Lax")
    return response


def private(response: HttpResponse) -> HttpResponse:
    """Let no cache keep a page that a token opened."""
    # Not no-referrer: browsers would then send no Origin, and the form would be refused.
    response["Referrer-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store, private"
    return response
