"""Every address, as every role and as a visitor, against the one permission table.

What is asked here knows nothing of the code behind an address: a role that the table
names for the address's action is let in where it holds its scope, and refused where it
does not; everybody else is refused.
"""

from typing import Any

import pytest
from django.urls import reverse

from fans.people.models import Role
from fans.people.table import ACTIONS, action_of
from tests.walk import ADMIN, ALL, EXAMPLES, OURS, ask, country, example, here, there

__all__ = ["ask", "country", "here", "there"]  # fixtures

EVERYWHERE = {Role.ADMINISTRATOR, Role.VOLUNTEER}
"""Roles without a scope: what they may, they may anywhere."""


# Public only where the demo runs: it does not beside real people, such as these.
WITHOUT_DEMO = {
    "people:outbox": {Role.ADMINISTRATOR},
    "people:outbox_mail": set(),
}


# Nobody of the cast has a second step or its codes: there is nothing to show or remove.
OF_ONES_OWN = {
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_view_recovery_codes",
}


def _answer(response: Any) -> str:
    """Sort an answer: let in, refused, or a method that the address does not serve."""
    if response.status_code == 405:
        return "no such method"
    to_sign_in = f"{reverse('account_login')}?next="
    if response.status_code == 302 and response["Location"].startswith(to_sign_in):
        return "refused"
    return "refused" if response.status_code in (401, 403, 404) else "let in"


def _told(route: str, name: str, *, in_scope: bool) -> str:
    """Say what the table says, read as a table: no code that answers requests is asked."""
    action = ACTIONS[action_of(route) or ""]
    if route in WITHOUT_DEMO:
        allowed = name in WITHOUT_DEMO[route]
    elif route in OF_ONES_OWN:
        allowed = False
    elif action.public:
        allowed = True
    elif action.signed_in:
        allowed = name != "visitor"
    else:
        allowed = name in action.roles and (in_scope or name in EVERYWHERE)
    return "let in" if allowed else "refused"


def test_every_address_with_arguments_has_an_example():
    lacking = {route for route in OURS if ALL[route] - {"format"} and route not in EXAMPLES}

    assert lacking == set()


@pytest.mark.parametrize("route", OURS)
def test_every_role_is_let_in_or_refused_as_the_table_says(route, ask, here, there):
    kwargs = example(route)
    places = [(here, True)]
    if kwargs(here) != kwargs(there) and route not in WITHOUT_DEMO:
        places.append((there, False))
    wrong = {}
    for name in ask.cast:
        for place, in_scope in places:
            told = _told(route, name, in_scope=in_scope)
            with ask(name, "get", route, place) as response:
                if _answer(response) not in (told, "no such method"):
                    wrong[name, in_scope] = response.status_code

    assert wrong == {}


@pytest.mark.parametrize("route", OURS)
def test_sending_an_empty_form_breaks_nothing_and_opens_nothing(route, ask, here, there):
    kwargs = example(route)
    places = [(here, True)]
    if kwargs(here) != kwargs(there):
        places.append((there, False))
    let_in = set()
    for name in ask.cast:
        for place, in_scope in places:
            told = _told(route, name, in_scope=in_scope)
            with ask(name, "post", route, place) as response:
                if (told, _answer(response)) == ("refused", "let in"):
                    let_in.add((name, in_scope, response.status_code))

    assert let_in == set()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("route", ADMIN)
def test_the_admin_pages_are_the_administrators_alone(route, method, ask, here):
    for name in ("visitor", "stranger", "manager", "champion"):
        with ask(name, method, route, here) as response:
            assert _answer(response) == "refused", name
    with ask("administrator", method, route, here) as response:
        if route.endswith(("_changelist", ":index")):
            assert _answer(response) == "let in"
