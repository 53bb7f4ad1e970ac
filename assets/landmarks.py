"""What people name when they say where something is: near the library, by Larkfield House."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from django.contrib.gis.geos import Point

from assets import categories
from assets.models import Asset, AssetQuerySet
from geo.beyond import BeyondError, ask_beyond
from geo.geocoding import distances_m
from geo.search import search_points

MOST: Final = 6
WITHIN_M: Final = 10_000
"""Farther off, another library is meant."""

_LEADING: Final = re.compile(
    r"^(?:(?:near|next to|close to|beside|by|opposite|behind|in front of|at|the|a)\s+)+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Landmark:
    """Something with a name, what it is, and where; SRID 4326."""

    name: str
    what: str
    point: Point
    distance_m: float | None = None  # from where people look

    @property
    def lon_lat(self) -> str:
        """The point as a form sends it back: to a decimetre."""
        return f"{self.point.x:.6f},{self.point.y:.6f}"


Finder = Callable[[str, Point | None], list[Landmark]]
"""Given words and where people look, returns what they may mean, the nearest first."""

_finders: dict[str, Finder] = {}


def register(name: str, finder: Finder) -> None:
    """Let another room's places be named; the same name again replaces it."""
    _finders[name] = finder


def plain_words(text: str) -> str:
    """Return what is named: "near the library" names the library."""
    text = " ".join(text.split())
    return _LEADING.sub("", text) or text


def find_landmarks(text: str, *, around: Point | None) -> list[Landmark]:
    """Return what words may mean, the nearest to ``around`` first; at most ``MOST``.

    A postcode or a town of just this name is meant before what has the words in it. A
    geocoder outside, where the operator has chosen one, is asked for addresses alone.
    """
    words = plain_words(text)
    if not words:
        return []
    exact = [
        Landmark(found.name, found.kind, found.point)
        for found in search_points(words)
        if found.kind != "place" or found.name.casefold() == words.casefold()
    ]
    if exact and exact[0].what != "place":
        return exact[:MOST]
    named = [each for finder in (_assets, *_finders.values()) for each in finder(words, around)]
    named = sorted(_measured(named, around), key=lambda each: each.distance_m or 0)
    found = [*named, *(replace(each, what="town or village") for each in exact)]
    return (found or _addresses(words))[:MOST]


def _assets(words: str, around: Point | None) -> list[Landmark]:
    rows = Asset.objects.published().filter(location__isnull=False)
    named = rows.matching(words)
    for word in words.split():
        named = named.filter(name__icontains=word)
    if around is None:
        return _told(named)
    near = rows.within(WITHIN_M, of=around).nearest_first(to=around)
    kinds = _kinds(words)
    of_kind = _told(near.filter(category__in=kinds)) if kinds else []
    return _told(named.within(WITHIN_M, of=around).nearest_first(to=around)) + [
        each for each in of_kind if words.casefold() not in each.name.casefold()
    ]


def _told(rows: AssetQuerySet) -> list[Landmark]:
    return [
        Landmark(row.name, categories.BY_SLUG[row.category].label, row.location)
        for row in rows[:MOST]
        if row.location is not None
    ]


def _kinds(words: str) -> list[str]:
    """Return the kinds that are called so: a library need not have the word in its name."""
    called = words.casefold().rstrip("s")
    return [
        kind.slug
        for kind in categories.CATEGORIES
        if kind.slug not in categories.UNLOCATED
        and called in {name.strip().rstrip("s") for name in _names_of(kind)}
    ]


def _names_of(kind: categories.Category) -> list[str]:
    return re.split(r",| and ", f"{kind.label},{kind.examples}".casefold())


def _measured(found: list[Landmark], around: Point | None) -> list[Landmark]:
    if around is None or not found:
        return found
    metres = distances_m([(around, each.point) for each in found])
    return [replace(each, distance_m=away) for each, away in zip(found, metres, strict=True)]


def _addresses(words: str) -> list[Landmark]:
    if not any(character.isdigit() or character == "," for character in words):
        return []
    try:
        return [Landmark(each.name, "address", each.point) for each in ask_beyond(words)]
    except BeyondError:
        return []  # a postcode or the map will do
