"""Where a search means on the map: a postcode, part of one, or the name of a town."""

from dataclasses import dataclass
from typing import Final

from django.contrib.gis.geos import Point

from geo.beyond import BeyondError, ask_beyond
from geo.search import PLACE, NamedPoint, search_points

LARGE_TOWN: Final = 200_000
ADDRESS_ZOOM: Final = 16
_ZOOMS: Final = {"postcode": 16, "sector": 15, "outcode": 13}


@dataclass(frozen=True)
class Spot:
    """A named point and the zoom at which its surroundings fill a map."""

    name: str
    point: Point
    zoom: int
    # Whom to name beside it.
    attribution: str = ""


def find_spot(words: str) -> Spot | None:
    """Return where ``words`` are; None where they name no known postcode or town.

    Only a town's whole name counts: who looks for a church does not mean Church Stretton.
    """
    for found in search_points(words):
        if found.kind != PLACE or found.name.casefold() == " ".join(words.split()).casefold():
            return Spot(found.name, found.point, zoom_of(found))
    return None


def find_address(words: str, *, only_kept: bool) -> Spot | None:
    """Return where an address is, by the geocoder outside, if the operator has chosen one.

    Asked only for what reads like an address, which has a number or a comma.
    ``only_kept``: ask nobody, and know only what was answered before.
    """
    if not any(character.isdigit() or character == "," for character in words):
        return None
    try:
        found = ask_beyond(words, only_kept=only_kept)
    except BeyondError:
        return None  # the words are then looked for in names, as without a geocoder
    if not found:
        return None
    likeliest = found[0]
    return Spot(likeliest.name, likeliest.point, ADDRESS_ZOOM, likeliest.attribution)


def zoom_of(found: NamedPoint) -> int:
    """Return the zoom at which what is around a named point fills a map."""
    if found.kind == PLACE:
        return 12 if found.population > LARGE_TOWN else 14
    return _ZOOMS[found.kind]
