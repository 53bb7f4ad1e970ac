"""The one table: which role may do what, and which action each route is.

A role's reach is the scope of its membership: its home, its area (and the homes and
assets in it), its cohort (and the homes enrolled), its asset. Nothing else grants
anything. A route that is not named in ``routes`` answers 404.
"""

from typing import Final

from fans.people.models import Role
from fans.people.table.actions import ACTIONS, Action
from fans.people.table.routes import METHODS, ROUTE_PREFIXES, ROUTES

__all__ = [
    "ACTIONS",
    "GIVES",
    "METHODS",
    "PERSON_LEVEL",
    "ROUTES",
    "ROUTE_PREFIXES",
    "Action",
    "action_of",
]

R = Role

GIVES: Final[dict[str, frozenset[str]]] = {
    R.MANAGER: frozenset({R.COORDINATOR, R.RELATIVE, R.NAVIGATOR}),
    R.FACILITATOR: frozenset({R.MANAGER}),
    R.CHAMPION: frozenset({R.PARTNER}),
    R.VOLUNTEER_LEAD: frozenset({R.VOLUNTEER}),
    R.ADMINISTRATOR: frozenset(R),
}
"""Which roles each role may give and end, within its own reach."""

PERSON_LEVEL: Final = frozenset(
    {R.ADMINISTRATOR, R.VOLUNTEER_LEAD, R.MANAGER, R.FACILITATOR, R.RESEARCHER}
)
"""Roles that open pages about people, or whole data sets: they need a second step."""


def action_of(route: str, method: str = "GET") -> str | None:
    """Return the action of a route's name; None where the table has no row for it."""
    if (route, method.upper()) in METHODS:
        return METHODS[route, method.upper()]
    if route in ROUTES:
        return ROUTES[route]
    return next(
        (action for prefix, action in ROUTE_PREFIXES.items() if route.startswith(prefix)),
        None,
    )
