"""Asks the permission table before any view runs: deny by default."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, resolve_url

from fans.people.permissions import allows, reach_of
from fans.people.second_factor import has_second_factor, needs_second_factor
from fans.people.sessions import shorten
from fans.people.table import ACTIONS, action_of

API_PREFIX = "/api/"
OPEN_WITHOUT_SECOND_FACTOR = {"site.view", "site.sign_in", "people.account"}


class PermissionMiddleware:
    """Refuses what the table does not allow, and gives requests ``scopes(action)``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Attach ``scopes``; the check itself waits until the route is known."""
        request.scopes = partial(reach_of, request.user)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Let the request through, send it to sign in, or refuse it."""
        match = request.resolver_match
        action = action_of(match.view_name, request.method or "") if match else None
        if action is None:
            raise Http404("This address has no row in the permission table.")
        if allows(request.user, action):
            return None
        if request.user.is_authenticated:
            return _refuse(request, action)
        return _ask_to_sign_in(request)


class SecondFactorMiddleware:
    """Sends people whose role needs a second step to set one up, before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on; the route has to be known first."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Let through what needs no second step, and whoever has one."""
        match = request.resolver_match
        if match and action_of(match.view_name) in OPEN_WITHOUT_SECOND_FACTOR:
            return None
        user: Any = request.user
        if not user.is_authenticated or not needs_second_factor(user):
            return None
        shorten(request)
        if has_second_factor(user):
            return None
        if _asks_for_json(request):
            words = "Your role opens pages about people: set up a second step first."
            return _problem(403, "A second step is missing", words)
        return redirect("mfa_index")


class NoStoreMiddleware:
    """Keeps signed-in pages out of every cache, the browser's own included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Mark what a signed-in person is shown, unless the view said how to keep it."""
        response = self.get_response(request)
        # Without a session cookie nobody is signed in: public pages cost no look-up.
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        if (
            has_session
            and not response.has_header("Cache-Control")
            and request.user.is_authenticated
        ):
            response["Cache-Control"] = "no-store, private"
        return response


def _asks_for_json(request: HttpRequest) -> bool:
    """Say whether a script asks: a page to sign in would tell it nothing."""
    return request.path.startswith(API_PREFIX) or "application/json" in request.headers.get(
        "Accept", ""
    )


def _refuse(request: HttpRequest, action: str) -> HttpResponse:
    words = f"Your roles do not allow this: {ACTIONS[action].label.lower()}."
    if _asks_for_json(request):
        return _problem(403, "Not allowed", words)
    raise PermissionDenied(words)


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    if _asks_for_json(request):
        return _problem(401, "Sign in first", "This needs an account with a fitting role.")
    return redirect_to_login(request.get_full_path(), resolve_url("account_login"))


def _problem(status: int, title: str, detail: str) -> HttpResponse:
    return JsonResponse(
        {"type": "about:blank", "title": title, "status": status, "detail": detail},
        status=status,
        content_type="application/problem+json",
    )
