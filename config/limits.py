"""How often one network may ask for the pages that cost most, in a minute.

A whole school or care home sits behind one router: the limits are for machines that read
everything, and for the pages that anybody may ask for (docs/serving.md).
"""

import time
from collections import Counter
from collections.abc import Callable
from threading import Lock
from typing import Any, Final

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from config.env import env

A_MINUTE: Final[dict[str, int]] = {
    "map": 600,
    "list": 3_000,  # each move of a map asks for it
    "search": 1_200,  # each pause in typing
    "alike": 600,
    "near": 600,
    "photo": 120,
}
"""Several times what a school of five hundred needs: bench/users measures the rates."""

_NAMES: Final = {
    "frontend:map": "map",
    "frontend:map_list": "list",
    "frontend:search": "search",
    "assets:alike": "alike",
    "assets:near": "near",
    "photos:add": "photo",
}
_SENT: Final = frozenset({"photos:add"})
"""Of these only what is sent counts: the empty form costs little."""

_JSON: Final = frozenset({"search", "near"})
_PARTS: Final = frozenset({"list", "alike"})
_WORDS: Final = "Too much was asked from your network just now. Please try again in a minute."
STEP: Final = 20
"""A process tells the others after so many, so that most people cost no question."""


def from_environment() -> dict[str, int]:
    """Return the limits, with those that the operator has set."""
    return A_MINUTE | env.dict("FANS_LIMITS_A_MINUTE", {}, subcast_values=int)


class Minute:
    """Counts by what is asked for and network, forgotten as the next minute begins.

    Each process counts for itself and adds to the count of all, in the shared cache, by
    steps. Two that add at the same moment may lose a step: a limit is not exact.
    """

    def __init__(self) -> None:
        self.number = 0
        self.own, self.others = Counter[str](), Counter[str]()
        self.lock = Lock()

    def count(self, key: str) -> int:
        """Count one more, and return how many all processes had, as far as is known."""
        with self.lock:
            number = int(time.time() // 60)
            if number != self.number:
                self.number, self.own, self.others = number, Counter(), Counter()
            self.own[key] += 1
            own = self.own[key]
        if own % STEP == 0:
            self.others[key] = _add(f"limits:{number}:{_hidden(key)}") - own
        return own + max(0, self.others[key])


def _add(key: str) -> int:
    """Add a step to the count of all; it goes by itself once its minute is over."""
    cache.add(key, 0, 120)
    try:
        return int(cache.incr(key, STEP))
    except ValueError:  # pushed out between the two
        return STEP


def _hidden(key: str) -> str:
    # A cache that is a table holds no addresses of anybody.
    return salted_hmac("config.limits", key, algorithm="sha256").hexdigest()


_minute = Minute()


class LimitMiddleware:
    """Answers 429, with ``Retry-After``, to a network that asks for too much in a minute."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on; ``process_view`` knows what is asked for."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """Count, and answer in the view's place where it is one too many."""
        route = request.resolver_match.view_name if request.resolver_match else ""
        name = _NAMES.get(route)
        if name is None or (route in _SENT and request.method != "POST"):
            return None
        limit = settings.LIMITS_A_MINUTE[name]
        if _minute.count(f"{name} {get_ip(request)}") <= limit:
            return None
        response = _told(request, name)
        response["Retry-After"] = str(60 - int(time.time()) % 60)
        response["Cache-Control"] = "no-store"
        return response


def _told(request: HttpRequest, name: str) -> HttpResponse:
    if name in _JSON:
        return JsonResponse({"errors": {"q": [_WORDS]}}, status=429)
    if name in _PARTS:
        return HttpResponse(_WORDS, status=429, content_type="text/plain; charset=utf-8")
    return render(request, "429.html", {"reason": _WORDS}, status=429)
