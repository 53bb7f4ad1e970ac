"""Which action each route is, by room; a route that is not named here answers 404."""

from typing import Final

from fans.people.table.routes import api, openness, pages, people, ties

ROUTES: Final[dict[str, str]] = {
    **pages.ROUTES,
    **ties.ROUTES,
    **openness.ROUTES,
    **people.ROUTES,
    **api.ROUTES,
}

METHODS: Final[dict[tuple[str, str], str]] = {
    ("api:connections-list", "POST"): "connections.log",
}
"""Addresses of which one method does something else than the others."""

ROUTE_PREFIXES: Final[dict[str, str]] = {"admin:": "site.administer"}
