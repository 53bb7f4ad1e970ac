"""What a query string may ask, read strictly: boxes, points, distances, words, pages."""

import math
from collections.abc import Callable, Collection
from typing import Final, TypeVar

from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.http import QueryDict

from geo.constraints import UK_BOX, in_uk
from geo.srid import WGS84

T = TypeVar("T")
BBox = tuple[float, float, float, float]

LONGEST_WORDS: Final = 100
FARTHEST_M: Final = 50_000.0
"""The farthest that ``within_m`` reaches: more is no neighbourhood."""


class ParamError(ValueError):
    """A parameter cannot be taken; the message says what to put."""


def read_bbox(text: str) -> BBox:
    """Read "west,south,east,north" in degrees, cut to the UK.

    A box that lies wholly outside shrinks to an edge of the UK's, where nothing is:
    PostGIS can't span the world with a geography polygon.

    Raises:
        ParamError: not four finite numbers, out of range, or out of order.
    """
    west, south, east, north = read_numbers(text, 4)
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise ParamError("Put degrees: west, south, east, north, in this order.")
    least_lon, least_lat, most_lon, most_lat = UK_BOX
    west, east = (min(max(lon, least_lon), most_lon) for lon in (west, east))
    south, north = (min(max(lat, least_lat), most_lat) for lat in (south, north))
    return west, south, east, north


def read_near(text: str) -> Point:
    """Read "lon,lat" in degrees as a point (SRID 4326).

    Raises:
        ParamError: not two finite numbers, or outside the UK.
    """
    lon, lat = read_numbers(text, 2)
    if not in_uk(lon, lat):
        raise ParamError("Outside the UK: longitude comes first, then latitude.")
    return Point(lon, lat, srid=WGS84)


def read_metres(text: str) -> float:
    """Read a distance in metres: more than 0, at most ``FARTHEST_M``.

    Raises:
        ParamError: no number, or not in that range.
    """
    (metres,) = read_numbers(text, 1)
    if not 0 < metres <= FARTHEST_M:
        raise ParamError(f"Put metres: more than 0, at most {FARTHEST_M:,.0f}.")
    return metres


def read_numbers(text: str, count: int) -> list[float]:
    """Read ``count`` finite numbers, parted by commas.

    Raises:
        ParamError: it is anything else.
    """
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    # Python reads "1_0" and other alphabets' digits as numbers; a query does not.
    plain = text.isascii() and "_" not in text
    if len(numbers) != count or not plain or not all(map(math.isfinite, numbers)):
        words = "a number" if count == 1 else f"{count} numbers, parted by commas"
        raise ParamError(f"Put {words}.")
    return numbers


class QueryReader:
    """Reads the parameters of a request and gathers what is wrong with each."""

    def __init__(self, params: QueryDict) -> None:
        self.params = params
        self.errors: dict[str, str] = {}

    def one(self, name: str, read: Callable[[str], T]) -> T | None:
        """Read a parameter that may stand once; None where it is left out or empty."""
        values = self.params.getlist(name)
        text = str(values[0]).strip() if values else ""
        if len(values) > 1:
            self.errors[name] = "Give this once."
        elif text:
            try:
                return read(text)
            except ParamError as error:
                self.errors[name] = str(error)
        return None

    def words(self, name: str) -> str:
        """Read search words; "" where there are none."""
        return self.one(name, read_words) or ""

    def whole(self, name: str, *, most: int, default: int) -> int:
        """Read a whole number from 1 to ``most``."""

        def read(text: str) -> int:
            number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
            if not 1 <= number <= most:
                raise ParamError(f"Put a whole number from 1 to {most:,}.")
            return number

        return self.one(name, read) or default

    def choices(self, name: str, known: Collection[str]) -> tuple[str, ...]:
        """Read a parameter that may stand several times, each time one of ``known``."""
        values = [value for value in self.params.getlist(name) if value]
        if any(value not in known for value in values):
            self.errors[name] = f"Put one of: {', '.join(known)}."
            return ()
        return tuple(dict.fromkeys(values))

    def refuse_others(self, known: Collection[str]) -> None:
        """Refuse parameters that mean nothing here: a slip would go unseen."""
        for name in sorted(set(self.params) - set(known)):
            self.errors[name[:50]] = "There is no such parameter here."

    def finish(self) -> None:
        """Raise ``ValidationError``, naming every parameter, if one was wrong."""
        if self.errors:
            raise ValidationError(self.errors)


def read_words(text: str) -> str:
    """Read search words.

    Raises:
        ParamError: too many, or characters that no word holds.
    """
    if len(text) > LONGEST_WORDS:
        raise ParamError(f"Use at most {LONGEST_WORDS} characters.")
    if "\x00" in text:
        raise ParamError("Use letters, digits and spaces.")
    return text
