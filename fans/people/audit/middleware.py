"""Notes who makes a request, and for which route, beside every change it makes."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from fans.people.audit import doing


class DoingMiddleware:
    """Gives each request an id of its own, in the record of changes and of reads."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Note who it is; whoever signs in on the way is known from then on."""
        with doing.doing(person=doing.WhoIsSignedIn(request)):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Note the route by its name: an address may hold what is personal."""
        if request.resolver_match:
            doing.add(route=request.resolver_match.view_name)
