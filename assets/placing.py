"""Where a form's fields say that a place is: a pin, a postcode, or both, which must agree."""

import re
from dataclasses import dataclass
from typing import Final

from django.contrib.gis.geos import Point

from assets.landmarks import Landmark, find_landmarks
from assets.services import Details
from geo.constraints import in_uk
from geo.geocoding import PostcodePoint, distances_m, locate
from geo.models import Precision
from geo.postcodes import parse_postcode
from geo.srid import WGS84

NEAR_SOURCE: Final = "near"
"""``location_source`` of a point that is what a place is near to."""

FARTHEST_FROM_POSTCODE_M: Final = 3_000
"""A pin farther from its postcode has slipped, or the postcode is another place's."""

_IN_TEXT = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][A-Z]{2})\b", re.IGNORECASE)
_NUMBER = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,15})?")


class PlaceError(ValueError):
    """What is said of the place cannot be right; ``field`` names where to put it right."""

    def __init__(self, field: str, words: str) -> None:
        self.field = field
        super().__init__(words)


class WhichOneError(PlaceError):
    """Words mean several places, ``landmarks``, or none that we know."""

    def __init__(self, words: str, landmarks: list[Landmark]) -> None:
        self.landmarks = landmarks
        super().__init__("near", words)


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


def read_near(text: str, *, address: str, chosen: str, around: Point | None) -> Placing:
    """Read where a place is that is near to something; good to a street or so.

    ``chosen``: "lon,lat" of the one that was meant, where words meant several.

    Raises:
        WhichOneError: they mean several places, or none that we know.
    """
    lon, _, lat = chosen.partition(",")
    if chosen and (point := _pin(lon, lat)) is not None:
        return Placing(point, _code("", address), Precision.POSTCODE, NEAR_SOURCE)
    found = find_landmarks(text, around=around)
    if not found:
        raise WhichOneError(
            f"We know no place called “{text}”. Put a postcode, or move the map.", []
        )
    if len(found) > 1:
        raise WhichOneError("Which one do you mean? Choose it below.", found)
    return Placing(found[0].point, _code("", address), Precision.POSTCODE, NEAR_SOURCE)


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


def read_point(lon: str, lat: str) -> Point | None:
    """Return a point of an address's query; None where there is none in the UK."""
    if not _NUMBER.fullmatch(lon) or not _NUMBER.fullmatch(lat):
        return None
    x, y = float(lon), float(lat)
    return Point(x, y, srid=WGS84) if in_uk(x, y) else None


def read_view(text: str) -> str:
    """Return where a map was left, "lat,lon,zoom", if it is that; else ""."""
    parts = text.split(",")
    if len(parts) != 3 or not all(_NUMBER.fullmatch(part) for part in parts):
        return ""
    lat, lon, zoom = (float(part) for part in parts)
    return text if in_uk(lon, lat) and 5 <= zoom <= 18 else ""
