"""Every address, as every role and as a visitor, against the one permission table.

What is asked here knows nothing of the code behind an address: a role that the table
names for the address's action is let in where it holds its scope, and refused where it
does not; everybody else is refused.
"""

from types import ModuleType

import pytest
from django.http import HttpResponse
from django.urls import include, path
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter

from config import urls
from fans.people.table import ACTIONS, ROUTES, action_of
from homes.api import HomeViewSet
from tests.told import answer, places, told
from tests.walk import (
    ADMIN,
    ALL,
    EVERY,
    EXAMPLES,
    OURS,
    addresses_of,
    ask,
    country,
    here,
    plain_refusals,
    send,
    there,
    without_example,
    without_row,
)

__all__ = ["ask", "country", "here", "plain_refusals", "send", "there"]  # fixtures


def test_every_address_has_a_row_and_whatever_a_walk_needs():
    assert without_row(EVERY) == set()
    assert without_example(EVERY) == set()


def test_every_row_and_example_is_of_an_address_that_exists():
    assert set(ROUTES) - set(ALL) == set()
    assert set(EXAMPLES) - set(ALL) == set()


class BackDoors(HomeViewSet):
    """What somebody might add to the API without a thought of the table."""

    @action(detail=True)
    def everything(self, request, pk):
        return Response("wide open")


@pytest.fixture
def with_back_doors(settings):
    """The site with three addresses more, which no row names."""
    router = SimpleRouter()
    router.register("doors", BackDoors, basename="doors")
    added = [
        path("back-door/<int:pk>/", lambda request, pk: HttpResponse("wide open"), name="door"),
        path("side-door/", side_door),
        path("api/v1/", include((router.urls, "api"))),
    ]
    site = ModuleType("site")
    for name, value in vars(urls).items():
        if name.startswith("handler"):
            setattr(site, name, value)
    site.urlpatterns = [*added, *urls.urlpatterns]
    settings.ROOT_URLCONF = site
    return list(addresses_of(site.urlpatterns))


def side_door(request):
    """An address without a name."""
    return HttpResponse("wide open")


def test_an_address_that_nobody_put_into_the_table_is_missed(with_back_doors):
    doors = {"api:doors-detail", "api:doors-everything", "api:doors-list"}
    unnamed = f"{__name__}.side_door"

    assert without_row(with_back_doors) == {"door", unnamed, *doors}
    assert without_example(with_back_doors) == {
        "door",
        unnamed,
        "api:doors-detail",
        "api:doors-everything",
    }


@pytest.mark.parametrize(
    "address",
    [
        "/back-door/1/",
        "/side-door/",
        "/api/v1/doors/",
        "/api/v1/doors/1/",
        "/api/v1/doors/1/everything/",
    ],
)
def test_an_address_that_nobody_put_into_the_table_stays_shut(
    with_back_doors, client, administrator, address
):
    client.force_login(administrator)

    for ask_it in (client.get, client.post):
        response = ask_it(address)

        assert response.status_code == 404
        assert b"wide open" not in response.content


@pytest.fixture(autouse=True)
def own_map(settings, tmp_path):
    """A map of the operator's own, without which its address stands for nothing."""
    settings.BASEMAP_PMTILES = str(tmp_path / "own.pmtiles")
    (tmp_path / "own.pmtiles").write_bytes(b"PMTiles")


@pytest.mark.usefixtures("plain_refusals")
@pytest.mark.parametrize("route", OURS)
def test_every_role_is_let_in_or_refused_as_the_table_says(route, ask, here, there):
    wrong = {}
    for name in ask.cast:
        for place, in_scope in places(route, here, there):
            expected = told(route, name, in_scope=in_scope)
            with ask(name, "get", route, place) as response:
                if answer(response) not in (expected, "no such method"):
                    wrong[name, in_scope] = response.status_code

    assert wrong == {}


@pytest.mark.usefixtures("plain_refusals")
@pytest.mark.parametrize("route", OURS)
def test_sending_an_empty_form_breaks_nothing_and_opens_nothing(route, ask, here, there):
    let_in = set()
    for name in ask.cast:
        for place, in_scope in places(route, here, there):
            expected = told(route, name, in_scope=in_scope)
            with ask(name, "post", route, place) as response:
                if (expected, answer(response)) == ("refused", "let in"):
                    let_in.add((name, in_scope, response.status_code))

    assert let_in == set()


def _shut_to(name: str) -> str | None:
    """Return a page that the table keeps from somebody who has signed in."""
    pages = (route for route in OURS if not route.startswith("api:"))
    shut = (
        route
        for route in pages
        if (roles := ACTIONS[action_of(route)].roles) and name not in roles
    )
    return next(shut, None)


def test_a_refusal_is_a_page_for_everybody(ask, send, here):
    for name in ask.cast:
        with send(name, "get", "/no-such-page/") as response:
            assert (response.status_code, b"<h1" in response.content) == (404, True)
        if name != "visitor" and (route := _shut_to(name)):
            with ask(name, "get", route, here) as response:
                assert (response.status_code, b"<h1" in response.content) == (403, True)


@pytest.mark.usefixtures("plain_refusals")
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("route", ADMIN)
def test_the_admin_pages_are_the_administrators_alone(route, method, ask, here):
    some = {"visitor", "stranger", "volunteer_lead", "manager"}  # forms: of each kind one
    for name in some if method == "post" else set(ask.cast) - {"administrator"}:
        with ask(name, method, route, here) as response:
            assert answer(response) == "refused", name
    with ask("administrator", method, route, here) as response:
        if route.endswith(("_changelist", ":index")):
            assert answer(response) == "let in"
