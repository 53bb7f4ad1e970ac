"""What holds while the site is served, and not for commands and background jobs."""

import logging
from collections.abc import Callable
from typing import Any, Final

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template import loader

STATEMENT_TIMEOUT_MS: Final = 20_000
"""Nobody waits longer for a page, and a thread that does is missing to all others."""

KEEP_OPEN_S: Final = 600
RETRY_AFTER_S: Final = 10

_WORDS: Final = "The site is busy and did not get to this in time. Please try again soon."
_log = logging.getLogger("fans.serving")


def bound(database: dict[str, Any]) -> None:
    """Let statements of the site end in time, and keep its connections open.

    ``database``: one of ``DATABASES`` before the first connection; it is changed. Jobs
    may take minutes, so theirs stay unbounded.
    """
    options = database["OPTIONS"]
    given = str(options.get("options", ""))
    options["options"] = f"{given} -c statement_timeout={STATEMENT_TIMEOUT_MS}".strip()
    if not options.get("pool"):
        database["CONN_MAX_AGE"] = KEEP_OPEN_S
        database["CONN_HEALTH_CHECKS"] = True


class BusyMiddleware:
    """Says in plain words that the database did not answer in time, or not at all: 503."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on; what a view cannot answer comes to ``process_exception``."""
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, error: Exception
    ) -> HttpResponseBase | None:
        """Answer for the database; leave every other error alone."""
        if not isinstance(error, OperationalError):
            return None
        match = request.resolver_match
        # The route, not the address: what people search for stays out of the log.
        _log.error("%s: %s", match.view_name if match else "?", type(error.__cause__).__name__)
        response = _told(request)
        response["Retry-After"] = str(RETRY_AFTER_S)
        response["Cache-Control"] = "no-store"
        return response


def _told(request: HttpRequest) -> HttpResponse:
    if request.path.startswith("/api/"):
        problem = {"title": "Service Unavailable", "status": 503, "detail": _WORDS}
        return JsonResponse(
            {"type": "about:blank", **problem},
            status=503,
            content_type="application/problem+json",
        )
    if "text/html" in request.headers.get("Accept", ""):
        return HttpResponse(loader.get_template("503.html").render(), status=503)
    return HttpResponse(_WORDS, status=503, content_type="text/plain; charset=utf-8")
