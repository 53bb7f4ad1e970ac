"""Where a search means: a postcode, part of one, or the name of a town."""

import re
from dataclasses import dataclass
from typing import Final

from django.contrib.gis.geos import Point

from geo.models import Place, Postcode, PostcodeCell
from geo.postcodes import parse_outcode, parse_postcode

_SECTOR: Final = re.compile(r"^([A-Z]{1,2}[0-9][A-Z0-9]?) ([0-9])$")
LARGE_TOWN: Final = 200_000


@dataclass(frozen=True)
class Spot:
    """A named point and the zoom at which its surroundings fill a map."""

    name: str
    point: Point
    zoom: int


def find_spot(words: str) -> Spot | None:
    """Return where ``words`` are; None where they name no known postcode or town."""
    return _postcode(" ".join(words.upper().split())) or _place(words.strip())


def _postcode(text: str) -> Spot | None:
    if unit := parse_postcode(text):
        known = Postcode.objects.filter(code=unit.code).first()
        if known:
            return Spot(str(unit), known.location, 16)
        return _cell(unit.sector, 15) or _cell(unit.outcode, 13)
    if sector := _SECTOR.match(text):
        return _cell(text, 15) or _cell(sector[1], 13)
    outcode = parse_outcode(text)
    return _cell(outcode, 13) if outcode else None


def _cell(code: str, zoom: int) -> Spot | None:
    cell = PostcodeCell.objects.filter(code=code).first()
    return Spot(code, cell.location, zoom) if cell else None


def _place(name: str) -> Spot | None:
    place = Place.objects.filter(name__iexact=name).order_by("-population").first()
    if place is None:
        return None
    return Spot(place.name, place.location, 12 if place.population > LARGE_TOWN else 14)
