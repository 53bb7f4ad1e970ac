"""What every answer says to the browser: what it may run, keep, frame and pass on."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse

from fans.people.middleware import NoStoreMiddleware
from tests import factories
from tests.names_in_addresses import assert_no_name_is_typed
from tests.walk import OURS, ask, country, here, send, there

__all__ = ["ask", "country", "here", "send", "there"]  # fixtures

NAMES = ["visitor", "manager", "administrator"]
# Pages whose address, or the one that led there, is nobody else's business.
REFERRER = {
    "people:open_invitation": "no-referrer",
    "post:stop": "no-referrer",
    "people:invitation": "same-origin",
    "volunteers:open_offer": "no-referrer",
    "volunteers:confirm": "same-origin",
    "volunteers:open_adult": "no-referrer",
    "volunteers:adult": "same-origin",
    "partners:open": "no-referrer",
    "partners:open_claim": "no-referrer",
    "partners:open_own": "no-referrer",
    "partners:answer": "same-origin",
    "partners:claim_answer": "same-origin",
    "ties:open_invitation": "no-referrer",
    "ties:invitation": "same-origin",
    "ties:answered": "same-origin",
    "partners:own_claim": "same-origin",
    "proposals:status": "same-origin",
    "quick:open": "no-referrer",
    "quick:note": "same-origin",
    "respond:start": "no-referrer",
    **dict.fromkeys(
        (
            *("respond:enter", "respond:begin", "respond:question", "respond:check"),
            *("respond:thanks", "respond:stop", "respond:come_back"),
        ),
        "same-origin",
    ),
}


def _policy(header: str) -> dict[str, list[str]]:
    parts = (part.split() for part in header.split(";"))
    return {part[0]: part[1:] for part in parts if part}


@pytest.mark.parametrize("route", OURS)
def test_every_answer_is_strict_keeps_nothing_and_holds_nothing_to_stop(route, ask, here):
    for name in NAMES:
        with ask(name, "get", route, here) as response:
            assert_strict(response, route)
            if name != "visitor":
                assert_not_kept(response, route)
            if response.headers.get("Content-Type", "").startswith("text/html"):
                page = response.content.decode()
                assert_nothing_to_stop(page)
                assert_no_name_is_typed(page, route)


def assert_strict(response, route: str) -> None:
    headers = response.headers
    policy = _policy(headers["Content-Security-Policy"])

    assert headers["X-Content-Type-Options"] == "nosniff"
    told = REFERRER.get(route, "strict-origin-when-cross-origin")
    assert headers["Referrer-Policy"] == told
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "geolocation=(self)" in headers["Permissions-Policy"]
    assert policy["default-src"] == ["'self'"]
    assert policy["object-src"] == policy["base-uri"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'none'"]
    for kind in ("script-src", "style-src"):
        assert "'unsafe-inline'" not in policy[kind]
        assert "'unsafe-eval'" not in policy[kind]
        assert not any(source.startswith("http") for source in policy[kind])


def assert_not_kept(response, route: str) -> None:
    """Look whether what somebody signed in is shown stays out, unless the view says so."""
    kept = response.headers.get("Cache-Control", "")
    # They say for themselves how long they keep, and hold nothing personal.
    says = {"frontend:tile", "photos:file", "pictures:file"}
    assert "no-store" in kept or route in says, kept


def assert_nothing_to_stop(page: str) -> None:
    """Look whether a page holds anything that the policy would stop."""
    assert ' style="' not in page
    assert " onclick=" not in page
    assert " hx-on" not in page
    assert "<script>" not in page
    assert 'nonce="None"' not in page


def test_a_visitors_page_may_be_kept(client, db):
    response = client.get(reverse("frontend:help"))

    assert "no-store" not in response.headers.get("Cache-Control", "")


def test_a_view_may_say_itself_how_long_its_answer_keeps(rf, db):
    def view(request):
        return HttpResponse("tile", headers={"Cache-Control": "public, max-age=60"})

    request = rf.get("/", headers={"cookie": f"{settings.SESSION_COOKIE_NAME}=x"})
    request.user = factories.PersonFactory()

    assert NoStoreMiddleware(view)(request)["Cache-Control"] == "public, max-age=60"
