"""Every method and format of every address, as every role: none opens what is shut."""

from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from tests.told import answer, places, told
from tests.walk import API, OURS, ask, country, example, here, plain_refusals, send, there

__all__ = ["ask", "country", "here", "plain_refusals", "send", "there"]  # fixtures

pytestmark = pytest.mark.usefixtures("plain_refusals")  # each asks for numbers only

READS = {"get", "head"}
OTHERS = ["head", "options", "put", "patch", "delete"]
"""Methods that the walk over pages does not ask: it asks GET and POST."""

FORMATS = ["json", "geojson"]

# What the API takes beside reading. The table speaks of addresses, not of methods, so
# that a second method at an address needs a thought of its own: put it here with a test.
TAKES: dict[str, set[str]] = {
    # tests.fans.connections.test_api has who logs for which home
    "api:connections-list": {"post"},
}


def _methods(view: Any) -> set[str]:
    """Return the methods that an API view answers; HEAD with GET."""
    known = ("get", "post", "put", "patch", "delete")
    mapped = getattr(view, "actions", None)
    named = set(mapped) if mapped else {each for each in known if hasattr(view.cls, each)}
    return named | ({"head"} if "get" in named else set())


@pytest.mark.parametrize("route", OURS)
def test_no_method_opens_what_is_shut_and_none_breaks_anything(route, ask, here, there):
    """Pages are asked as one of each kind; ``API`` below as everybody."""
    kinds: dict[tuple[str, bool], list[tuple[str, Any]]] = {}
    for name in ask.cast:
        for place, in_scope in places(route, here, there):
            kind = (told(route, name, in_scope=in_scope), in_scope)
            kinds.setdefault(kind, []).append((name, place))
    wrong = {}
    for (expected, in_scope), asking in kinds.items():
        for name, place in {each[0]: each[1] for each in (asking[0], asking[-1])}.items():
            for method in OTHERS:
                with ask(name, method, route, place) as response:
                    if (expected, answer(response)) == ("refused", "let in"):
                        wrong[name, method, in_scope] = response.status_code

    assert wrong == {}


def test_the_api_takes_no_change_but_those_named_here():
    assert API
    takes = {each.route: _methods(each.view) - READS for each in API}

    assert {route: methods for route, methods in takes.items() if methods} == TAKES


@pytest.mark.parametrize("address", API, ids=lambda each: each.route)
def test_the_api_answers_those_let_in_by_the_methods_it_has(address, ask, here, there):
    has = _methods(address.view)
    wrong = {}
    for name in ask.cast:
        for place, in_scope in places(address.route, here, there):
            for method in ("get", "post", *OTHERS):
                may = told(address.route, name, in_scope=in_scope, method=method)
                expected = {may}
                if method not in has:
                    expected = {"no such method"} | (expected & {"refused"})
                with ask(name, method, address.route, place) as response:
                    if answer(response) not in expected:
                        wrong[name, method, in_scope] = response.status_code

    assert wrong == {}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("address", API, ids=lambda each: each.route)
def test_every_format_is_as_shut_as_the_first(address, form, ask, here, there):
    wrong = {}
    for name in ask.cast:
        for place, in_scope in places(address.route, here, there):
            expected = told(address.route, name, in_scope=in_scope)
            with ask(name, "get", address.route, place, f"?format={form}") as response:
                if answer(response) != expected and response.status_code != 400:
                    wrong[name, in_scope] = response.status_code

    assert wrong == {}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("address", API, ids=lambda each: each.route)
def test_no_suffix_goes_round_the_table(address, form, send, here):
    url = reverse(address.route, kwargs=example(address.route)(here))
    for name in ("visitor", "stranger", "administrator"):
        for suffixed in (f"{url.rstrip('/')}.{form}", f"{url.rstrip('/')}.{form}/"):
            with send(name, "get", suffixed) as response:
                assert response.status_code == 404, suffixed


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("route", ["connections:log", "people:roles", "imports"])
def test_a_method_named_in_a_header_or_a_field_counts_for_nothing(method, route, send, here):
    url = "/imports/" if route == "imports" else reverse(route, kwargs=example(route)(here))
    headers = {"x-http-method-override": "GET", "x-original-url": "/help/"}
    with send("stranger", method, url, {"_method": "GET"}, headers=headers) as response:
        assert answer(response) == "refused"


def test_a_session_that_is_made_up_is_nobodys(client, here):
    client.cookies[settings.SESSION_COOKIE_NAME] = "0123456789abcdef0123456789abcdef"

    assert answer(client.get(reverse("frontend:today"))) == "refused"
