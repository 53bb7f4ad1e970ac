"""Where a form's fields say that a place is: a pin, a postcode, or both, which must agree."""

import re
from dataclasses import dataclass
from typing import Final

from django.contrib.gis.geos import Point

from assets.services import Details
from geo.constraints import in_uk
from geo.geocoding import PostcodePoint, distances_m, locate
from geo.models import Precision
from geo.postcodes import parse_postcode
from geo.srid import WGS84

FARTHEST_FROM_POSTCODE_M: Final = 3_000
"""A pin farther from its postcode has slipped, or the postcode is another place's."""

_IN_TEXT = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][A-Z]{2})\b", re.IGNORECASE)
_NUMBER = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,15})?")


class PlaceError(ValueError):
    """What is said of the place cannot be right; ``field`` names where to put it right."""

    def __init__(self, field: str, words: str) -> None:
        self.field = field
        super().__init__(words)


@dataclass(frozen=True)
class Placing:
    """Where something is, and its postcode as it is written."""

    point: Point | None
    postcode: str
    precision: str = ""
    source: str = ""

    def details(self) -> Details:
        """Return the columns that say so."""
        return {
            "location": self.point,
            "location_precision": self.precision,
            "location_source": self.source,
            "postcode": self.postcode,
        }


def read_placing(*, lon: str, lat: str, postcode: str, address: str) -> Placing:
    """Read where a place is; the pin counts, and else the postcode.

    A postcode at the end of the address is taken where none is given by itself.

    Raises:
        PlaceError: half a pin, a pin outside the UK, no postcode of ours, or two places.
    """
    pin = _pin(lon.strip(), lat.strip())
    code = _code(postcode, address)
    found = locate(code) if code else None
    if pin is not None:
        _check_together(pin, found)
        return Placing(pin, code, Precision.EXACT, "map")
    if found is not None:
        return Placing(found.point, code, found.precision, found.source)
    if code:
        raise PlaceError(
            "postcode", f"We do not know {code}. Move the map under the cross instead."
        )
    return Placing(None, "")


def _pin(lon: str, lat: str) -> Point | None:
    if not lon and not lat:
        return None
    for field, text in (("lon", lon), ("lat", lat)):
        if not _NUMBER.fullmatch(text):
            raise PlaceError(field, "Put degrees as a number, such as -2.3221 or 53.4241.")
    x, y = round(float(lon), 7), round(float(lat), 7)
    if in_uk(x, y):
        return Point(x, y, srid=WGS84)
    if in_uk(y, x):
        raise PlaceError("lon", "Longitude and latitude are swapped.")
    raise PlaceError("lon", "This lies outside the UK.")


def _code(postcode: str, address: str) -> str:
    if postcode.strip():
        parsed = parse_postcode(postcode, mend=True)
        if parsed is None:
            raise PlaceError("postcode", "Put a whole postcode, such as M33 2DH.")
        return str(parsed)
    matches = [parse_postcode(match.group()) for match in _IN_TEXT.finditer(address)]
    return str(matches[-1]) if matches and matches[-1] else ""


def _check_together(pin: Point, found: PostcodePoint | None) -> None:
    # A district's middle may well be farther away than its places are from each other.
    if found is None or found.precision == Precision.OUTCODE:
        return
    (metres,) = distances_m([(pin, found.point)])
    if metres > FARTHEST_FROM_POSTCODE_M:
        away = f"{metres / 1000:.1f} km from the cross on the map"
        raise PlaceError("postcode", f"Please check: {found.postcode} is {away}.")


def read_view(text: str) -> str:
    """Return where a map was left, "lat,lon,zoom", if it is that; else ""."""
    parts = text.split(",")
    if len(parts) != 3 or not all(_NUMBER.fullmatch(part) for part in parts):
        return ""
    lat, lon, zoom = (float(part) for part in parts)
    return text if in_uk(lon, lat) and 5 <= zoom <= 18 else ""
