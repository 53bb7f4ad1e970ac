"""Answers the search box: where, which kind, which places and homes; a slip is mended."""

from dataclasses import dataclass, replace
from typing import Final

from django.contrib.gis.geos import Point

from assets.models import AssetQuerySet
from assets.search import plain, words_of
from frontend.searching import found, places, spelling
from frontend.searching.asking import Parts, parts_of
from frontend.searching.found import Found
from frontend.searching.homes import find_homes
from frontend.searching.kinds import kinds_called, words_of_kinds
from geo.models import Place
from geo.search import PLACE, NamedPoint, search_points

MOST: Final = 10
MOST_PLACES: Final = 6
MOST_HOMES: Final = 3
MOST_TOWNS: Final = 3
SHORTEST: Final = 2
"""One letter finds everything."""


@dataclass(frozen=True)
class Asked:
    """What somebody typed, where they look from, and which places they may see."""

    text: str
    middle: Point
    rows: AssetQuerySet
    # Whether "350 m" means anything to them: they said from where.
    says_distance: bool = False


@dataclass(frozen=True)
class Answer:
    """What was found, the likeliest first; and what was meant, where a slip was mended."""

    results: tuple[Found, ...] = ()
    meant: str = ""

    @property
    def is_spelled(self) -> bool:
        """Whether this answers other words than were typed."""
        return bool(self.meant)


def answer(asked: Asked) -> Answer:
    """Answer what was typed; where nothing is called that, what was probably meant."""
    text = " ".join(asked.text.split())
    if len(plain(text).replace(" ", "")) < SHORTEST:
        return Answer()
    asked = replace(asked, text=text)
    results = _results(asked)
    return Answer(tuple(results[:MOST])) if results else _mended(asked)


def _results(asked: Asked) -> list[Found]:
    spots = search_points(asked.text, limit=MOST_TOWNS)
    if spots and spots[0].kind != PLACE:
        return [found.of_spot(spots[0])]
    results = [found.of_spot(spot) for spot in spots]
    near = _somewhere(asked.text)
    if near is None:
        return results + _things(asked, near="")
    parts, spot = near
    if spot is not None:
        asked = replace(asked, middle=spot.point, says_distance=True)
    if not parts.what:
        return [found.of_spot(spot)] if spot else []
    name = spot.name if spot else ""
    return results + _things(replace(asked, text=parts.what), near=name)


def _somewhere(text: str) -> tuple[Parts, NamedPoint | None] | None:
    """Read "something near somewhere", where the somewhere is known, or is here."""
    for parts in parts_of(text):
        if parts.is_near_me:
            return parts, None
        spots = search_points(parts.where, limit=1)
        if spots and (spots[0].kind != PLACE or len(parts.where) > SHORTEST):
            return parts, spots[0]
    return None


def _things(asked: Asked, *, near: str) -> list[Found]:
    """Return kinds, then places and homes as they come, the better and nearer first."""
    kinds = [found.of_kind(kind, near=near) for kind in kinds_called(asked.text)]
    assets = places.find_places(asked.rows, asked.text, middle=asked.middle, limit=MOST_PLACES)
    homes = find_homes(asked.text, middle=asked.middle, limit=MOST_HOMES)
    return [
        *kinds,
        *(found.of_asset(each, says_distance=asked.says_distance) for each in assets),
        *(found.of_home(each, says_distance=asked.says_distance) for each in homes),
    ]


def _mended(asked: Asked) -> Answer:
    """Look again with the words that were probably meant, then by names that look alike."""
    meant = meant_by(asked.text, asked.rows, asked.middle)
    results = _results(replace(asked, text=meant)) if meant else []
    if results:
        return Answer(tuple(results[:MOST]), meant)
    alike = places.names_alike(asked.rows, asked.text, middle=asked.middle, limit=MOST_PLACES)
    if not alike:
        return Answer()
    told = tuple(found.of_asset(each, says_distance=asked.says_distance) for each in alike)
    return Answer(told, alike[0].name)


def meant_by(text: str, rows: AssetQuerySet, middle: Point) -> str:
    """Return what was meant by mistyped words: a town, or words of places around; or ""."""
    if town := _town_meant(text):
        return town
    for parts in parts_of(text):
        what = parts.what and _words_meant(parts.what, rows, middle)
        where = parts.where if _is_known(parts.where) else _town_meant(parts.where)
        if where and (what or where != parts.where):
            return f"{what or parts.what} near {where}".strip()
    return _words_meant(text, rows, middle)


def _words_meant(text: str, rows: AssetQuerySet, middle: Point) -> str:
    known = places.words_around(rows, middle) | words_of_kinds()
    words = words_of(text)
    meant = [
        word if word in known else spelling.nearest_word(word, known) or word for word in words
    ]
    return " ".join(meant) if meant != words else ""


def _is_known(where: str) -> bool:
    return bool(search_points(where, limit=1))


def _town_meant(text: str) -> str:
    towns = Place.objects.order_by("-population").values_list("name", flat=True)
    return spelling.nearest_text(plain(text), {plain(name): name for name in towns}) or ""
