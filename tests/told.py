"""What the permission table says of an address, and how an answer is sorted.

Nothing here knows the code behind an address: the table is read as a table.
"""

from typing import Any

from django.urls import reverse

from fans.people.models import Role
from fans.people.table import ACTIONS, action_of
from tests.walk import Place, example

EVERYWHERE = {Role.ADMINISTRATOR, Role.VOLUNTEER}
"""Roles without a scope: what they may, they may anywhere."""

# Public only where the demo runs: it does not beside real people, such as these.
WITHOUT_DEMO: dict[str, set[str]] = {
    "people:outbox": {Role.ADMINISTRATOR},
    "people:outbox_mail": set(),
}

# Nobody of the cast has a second step or its codes: there is nothing to show or remove.
OF_ONES_OWN = {
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_view_recovery_codes",
}


def answer(response: Any) -> str:
    """Sort an answer: let in, refused, or a method that the address does not serve.

    OPTIONS may be answered with the methods that there are, and nothing else.
    """
    only_methods = response.request["REQUEST_METHOD"] == "OPTIONS" and not response.content
    if response.status_code == 405 or (response.status_code == 200 and only_methods):
        return "no such method"
    to_sign_in = f"{reverse('account_login')}?next="
    if response.status_code == 302 and response["Location"].startswith(to_sign_in):
        return "refused"
    return "refused" if response.status_code in (401, 403, 404) else "let in"


def told(route: str, name: str, *, in_scope: bool, method: str = "get") -> str:
    """Say what the table says, read as a table: no code that answers requests is asked."""
    action = ACTIONS[action_of(route, method) or ""]
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


def places(route: str, here: Place, there: Place) -> list[tuple[Place, bool]]:
    """Return where to ask a route, and whether the cast's roles hold there."""
    kwargs = example(route)
    differ = kwargs(here) != kwargs(there) and route not in WITHOUT_DEMO
    return [(here, True), (there, False)] if differ else [(here, True)]
