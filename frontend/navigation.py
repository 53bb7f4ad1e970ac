"""The ways through the site: in the header, in the phone's menu and along its foot."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class Way:
    """One entry of the navigation; `short` is what fits under a symbol on a phone."""

    label: str
    route: str
    symbol: str
    short: str = ""
    url: str = ""
    current: bool = False


VISITOR = (
    Way("Map and list", "frontend:map", "map"),
    Way("Care homes", "frontend:homes", "today"),
    Way("How it works", "frontend:how_it_works", "info"),
    Way("Sign in", "account_login", "user"),
)
MEMBER = (
    Way("My work", "frontend:today", "today"),
    Way("Map and list", "frontend:map", "map", "Map"),
    Way("Add a place", "assets:add", "plus", "Add"),
    Way("Care homes", "frontend:homes", "users", "Homes"),
    Way("Help", "frontend:help", "help"),
)


def navigation(request: HttpRequest) -> list[Way]:
    """The ways open to this visitor, the one they are on marked."""
    user = getattr(request, "user", None)
    ways = MEMBER if user is not None and user.is_authenticated else VISITOR
    return [found for way in ways if (found := _resolve(way, request)) is not None]


def _resolve(way: Way, request: HttpRequest) -> Way | None:
    try:
        url = reverse(way.route)
    except NoReverseMatch:
        return None
    return Way(
        way.label,
        way.route,
        way.symbol,
        way.short or way.label,
        url,
        current=request.path == url,
    )
