"""Asking a geocoder outside, of the operator's choice: off unless the settings name one.

Politely: only what the gazetteer does not know and somebody has sent off, never as they
type; a known answer is kept for 30 days; a geocoder that fails is left alone for a while;
one request at a time where its rules say so.
"""

import hashlib
import time
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.conf import settings
from django.contrib.gis.geos import Point
from django.core.cache import cache
from geopy.exc import GeocoderQueryError, GeopyError

from geo.constraints import in_uk
from geo.geocoders import KNOWN, Service, make_geocoder
from geo.srid import WGS84

KEEP_S: Final = 30 * 24 * 3600
FAILURES_TO_OPEN: Final = 3
LEFT_ALONE_S: Final = 300
# The database's cache cuts a moment to whole seconds: 2 are never less than one.
PAUSE_S: Final = 2
MOST_ASKED: Final = 5
# Seconds, and how often the whole site asks within them: anybody may search, and neither the
# operator's quota nor the cache, which also counts failed sign-ins, is theirs to use up.
BUDGETS: Final = ((60, 30), (24 * 3600, 2_000))
LONGEST_NAME: Final = 200

# What geopy stumbles over in an answer that is not what it expects.
_GARBLED: Final = (ValueError, LookupError, TypeError, AttributeError)

_FAILURES: Final = "geo.beyond.failures"
_OPEN: Final = "geo.beyond.left-alone"
_TURN: Final = "geo.beyond.turn"


class BeyondError(Exception):
    """The geocoder outside has not been asked, or gave no answer; says why in a sentence."""


@dataclass(frozen=True)
class FoundBeyond:
    """What a geocoder outside says. Degrees, SRID 4326."""

    name: str
    lon: float
    lat: float
    source: str
    attribution: str

    @property
    def point(self) -> Point:
        """Return the place; x = longitude."""
        return Point(self.lon, self.lat, srid=WGS84)


def service() -> Service | None:
    """Return the geocoder that the operator has chosen; None where none is."""
    return KNOWN[settings.GEOCODER] if settings.GEOCODER else None


def ask_beyond(words: str, *, only_kept: bool = False) -> list[FoundBeyond]:
    """Return what the chosen geocoder finds inside the UK; nothing where none is chosen.

    ``only_kept``: say again what was answered before, and ask nobody.

    Raises:
        BeyondError: it is being left alone, is asked by somebody else, or does not answer.
    """
    chosen = service()
    words = " ".join(words.split()).casefold()
    if chosen is None or not words:
        return []
    key = _key(chosen, words)
    kept = cache.get(key)
    if kept is None:
        if only_kept:
            return []
        kept = [asdict(found) for found in _ask(chosen, words)]
        cache.set(key, kept, KEEP_S)
    return [FoundBeyond(**found) for found in kept]


def _key(chosen: Service, words: str) -> str:
    # Only a fingerprint is kept of what somebody has typed.
    digest = hashlib.sha256(f"{settings.GEOCODER_URL}|{words}".encode()).hexdigest()
    return f"geo.beyond.{chosen.slug}.{digest}"


def _ask(chosen: Service, words: str) -> list[FoundBeyond]:
    if cache.get(_OPEN):
        raise BeyondError(f"{chosen.label} does not answer just now.")
    if chosen.one_at_a_time and not cache.add(_TURN, 1, PAUSE_S):
        raise BeyondError(f"{chosen.label} may be asked once a second only. Try again.")
    _spend(chosen)
    try:
        answers = make_geocoder(chosen).geocode(words, exactly_one=False) or []
        found = [_found(chosen, answer) for answer in answers[:MOST_ASKED]]
    except GeocoderQueryError as error:
        raise BeyondError(f"{chosen.label} does not understand this.") from error
    except (GeopyError, *_GARBLED) as error:
        _count_failure()
        raise BeyondError(f"{chosen.label} does not answer just now.") from error
    cache.delete(_FAILURES)
    return [answer for answer in found if answer is not None]


def _spend(chosen: Service) -> None:
    """Count one more request; approximately, where two come at once."""
    for seconds, most in BUDGETS:
        key = f"geo.beyond.asked.{seconds}.{int(time.time()) // seconds}"
        asked = cache.get(key, 0)
        if asked >= most:
            raise BeyondError(f"{chosen.label} has been asked a lot just now. Try again later.")
        cache.set(key, asked + 1, seconds)


def _count_failure() -> None:
    """Leave the geocoder alone after some failures in a row; one more chance after a while."""
    cache.add(_FAILURES, 0, LEFT_ALONE_S * 2)
    try:
        failures = cache.incr(_FAILURES)
    except ValueError:  # it has run out in between
        failures = 1
    if failures >= FAILURES_TO_OPEN:
        cache.set(_OPEN, 1, LEFT_ALONE_S)


def _found(chosen: Service, answer: Any) -> FoundBeyond | None:
    lat, lon = float(answer.latitude), float(answer.longitude)
    if not in_uk(lon, lat):
        return None
    name = " ".join(str(answer.address).split())[:LONGEST_NAME]
    return FoundBeyond(name, round(lon, 6), round(lat, 6), chosen.slug, chosen.attribution)
