"""The ways through the site: in the header, in the phone's menu and along its foot."""

from dataclasses import dataclass, replace
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from fans.people.models import Person, Role
from fans.people.permissions import allows, memberships_of
from fans.people.table import action_of


@dataclass(frozen=True)
class Way:
    """One entry of the navigation; ``short`` is what fits under a symbol on a phone."""

    label: str
    route: str
    symbol: str
    short: str = ""
    url: str = ""
    current: bool = False


OWN_WAY: Final = "volunteers:me"
"""For volunteers, and those who may have offered: whoever holds no other role."""

VISITOR: Final = (
    Way("Map and list", "frontend:map", "map"),
    Way("Care homes", "homes:list", "today"),
    Way("Volunteer", "volunteers:sign_up", "users"),
    Way("How it works", "frontend:how_it_works", "info"),
    Way("Sign in", "account_login", "user"),
)
MEMBER: Final = (
    Way("My work", "frontend:today", "today"),
    Way("My way", OWN_WAY, "walk"),
    Way("My places", "partners:mine", "pin"),
    Way("Volunteers", "volunteers:list", "users"),
    Way("Map and list", "frontend:map", "map", "Map"),
    Way("Add a place", "assets:add", "plus", "Add"),
    Way("Care homes", "homes:list", "way-in", "Homes"),
    Way("Cohorts", "board:list", "list"),
    Way("Imports", "intake:list", "sync"),
    Way("Extracts", "research:studies", "download"),
    Way("People", "people:roles", "user"),
    Way("Help", "frontend:help", "help"),
)
BAR_LENGTH: Final = 5


def navigation(request: HttpRequest) -> list[Way]:
    """Return the ways open to this visitor, the one they are on marked."""
    # A request refused before sign-in was looked at (a bad Host header) has no user.
    user = getattr(request, "user", None) or AnonymousUser()
    ways = MEMBER if user.is_authenticated else VISITOR
    return [found for way in ways if (found := _open_to(request, user, way)) is not None]


def _may_have_offered(user: Person | AnonymousUser) -> bool:
    roles = {m.role for m in memberships_of(user)} if isinstance(user, Person) else set()
    return not roles or Role.VOLUNTEER in roles


def _open_to(request: HttpRequest, user: Person | AnonymousUser, way: Way) -> Way | None:
    if way.route == OWN_WAY and not _may_have_offered(user):
        return None
    action = action_of(way.route)
    if action is None or not allows(user, action):
        return None
    try:
        url = reverse(way.route)
    except NoReverseMatch:
        return None
    return replace(way, short=way.short or way.label, url=url, current=request.path == url)
