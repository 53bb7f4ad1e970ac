"""What is typed to find somebody stays out of addresses, and so out of logs and histories.

Such a form posts. What was typed is kept for a while with the session, under a random
word, and the address holds that word alone: reloading, going back and the next page work
as with any other search, with no script.
"""

import secrets
import time
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

FOUND_BY: Final = "asked"
"""The parameter that holds the random word."""

KEPT_FOR_S: Final = 2 * 3600
MOST_KEPT: Final = 10
LONGEST: Final = 200
"""No field that finds somebody takes so much: the form says so, with what was typed."""

_KEY: Final = "typed"
_NEVER: Final = ("csrfmiddlewaretoken", FOUND_BY, "page", "below")


def keep(request: HttpRequest, *typed: str) -> HttpResponse:
    """Keep the fields ``typed`` of what was posted, and lead to where the page is shown.

    Every other field goes into the address: it names nobody.
    """
    words = {name: request.POST.get(name, "").strip()[:LONGEST] for name in typed}
    words = {name: value for name, value in words.items() if value}
    asked = request.POST.copy()
    for name in (*_NEVER, *typed):
        asked.pop(name, None)
    for name in [name for name, value in asked.items() if not 0 < len(value) <= LONGEST]:
        del asked[name]
    if words:
        asked[FOUND_BY] = secrets.token_urlsafe(9)
        rest = list(_kept(request).items())[-(MOST_KEPT - 1) :]
        now = int(time.time())
        request.session[_KEY] = dict(rest) | {asked[FOUND_BY]: {"at": now, "words": words}}
    query = asked.urlencode()
    # To the path alone: what is typed into the address is never repeated elsewhere.
    response = HttpResponseRedirect(f"{request.path}?{query}" if query else request.path)
    response.status_code = 303
    return response


def asked_for(request: HttpRequest, *typed: str) -> QueryDict:
    """Return what the address asks for, with the words that were kept for it.

    The fields ``typed`` count only where they were posted: no link can hold them. Who comes
    back too late is told so.
    """
    asked = request.GET.copy()
    for name in typed:
        asked.pop(name, None)
    [*_, word] = asked.pop(FOUND_BY, [""])
    if not word:
        return asked
    kept = _kept(request).get(word)
    if kept is None:
        messages.info(request, "What you looked for is kept for two hours only. Type it again.")
        return asked
    for name in typed:
        if value := kept["words"].get(name):
            asked[name] = value
    return asked


def _kept(request: HttpRequest) -> dict[str, dict[str, Any]]:
    since = time.time() - KEPT_FOR_S
    kept = request.session.get(_KEY, {})
    return {word: one for word, one in kept.items() if one["at"] >= since}
