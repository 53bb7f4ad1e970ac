"""Telephone numbers, web addresses and streets as they are compared. Pure.

The expressions in SQL below do the same as the functions: the indexes on assets hold them.
"""

import math
import re
from functools import lru_cache
from typing import Final

DIGITS: Final = 10
"""The last ten digits: 0161 496 0123 and +44 161 496 0123 are one number."""

_HOSTS: Final = """
    facebook.com m.facebook.com en-gb.facebook.com twitter.com x.com instagram.com youtube.com
    linkedin.com tiktok.com sites.google.com google.com maps.google.com goo.gl bit.ly
    linktr.ee eventbrite.co.uk justgiving.com tripadvisor.co.uk nhs.uk wikipedia.org
    en.wikipedia.org achurchnearyou.com meetup.com wordpress.com blogspot.com
"""
SHARED_HOSTS: Final = frozenset(_HOSTS.split())
"""Hosts of everybody: only a page of its own on one of them tells anything."""

PHONE_SQL: Final = "right(regexp_replace({0}, '[^0-9]', '', 'g'), 10)"
WEBSITE_SQL: Final = (
    "rtrim(regexp_replace(lower({0}), '^[a-z]+://(www[.])?|[?#].*$', '', 'g'), '/')"
)
CHARITY_SQL: Final = (
    "coalesce({0}source_values #>> '{{outside,charity:ref}}',"
    " {0}source_values #>> '{{outside,ref:GB:charity}}',"
    " substring({0}source_ref from '^charities/([0-9]+)'))"
)

NAME_SQL: Final = "regexp_replace(lower({0}), '[^a-z0-9]+', '', 'g')"
SQUARE_SQL: Final = (
    "(floor(ST_Y({0}location::geometry) * 400)::bigint * 1000000"
    " + floor(ST_X({0}location::geometry) * 210)::bigint)"
)
"""The square that a place lies in: some 280 m, and nowhere in the UK below 250 m."""

_LETTERS = re.compile(r"[^\W\d_]{3,}")
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_NOT_DIGITS = re.compile(r"[^0-9]")
_AROUND = re.compile(r"^[a-z]+://(www[.])?|[?#].*$")
_STREET = re.compile(
    r"(?:\b(\d+)[a-z]?(?:\s*[-–,;&/]\s*(\d+)[a-z]?)*\s*,?\s+)?"
    r"((?:[a-z]+\s+){1,3}?)"
    r"(road|rd|street|st|lane|ln|avenue|ave|drive|dr|close|crescent|grove|way|walk|square|"
    r"terrace|gardens|parade|place|court|hill|green|row|rise|view|brow|gate|market|fold|arcade|plain|mall|yard|quay)\b"
)
_SHORT: Final = {"rd": "road", "st": "street", "ln": "lane", "ave": "avenue", "dr": "drive"}
_MOST_NUMBERS: Final = 40


def squares_around(lon: float, lat: float) -> list[int]:
    """Return the four squares nearest to a point: whatever is 125 m off lies in them.

    Degrees, SRID 4326. Nine would find more, and take twice as long.
    """
    y, x = math.floor(lat * 400 - 0.5), math.floor(lon * 210 - 0.5)
    return [row * 1_000_000 + column for row in (y, y + 1) for column in (x, x + 1)]


def name_key(name: str) -> str:
    """Return the letters and digits of a name, "" for fewer than six: too many share those."""
    key = _NOT_LETTERS.sub("", name.lower())
    return key if len(key) >= 6 else ""


def phone_key(phone: str) -> str:
    """Return the last ten digits of a number, "" for fewer than six or only noughts."""
    if not phone:
        return ""
    digits = _NOT_DIGITS.sub("", phone)[-DIGITS:]
    return digits if len(digits) >= 6 and digits.strip("0") else ""


def website_key(website: str) -> str:
    """Return host and path of a web address, "" for the front page of a shared host."""
    if not website:
        return ""
    key = _AROUND.sub("", website.lower()).rstrip("/")
    return "" if key in SHARED_HOSTS else key


def website_host(website: str) -> str:
    """Return the host of a web address; for a page on a shared host, host and path."""
    key = website_key(website)
    host = key.partition("/")[0]
    return key if host in SHARED_HOSTS else host


@lru_cache(maxsize=4_096)
def address_key(address: str) -> dict[str, frozenset[int]]:
    """Return the streets that an address names, with the house numbers on each."""
    found: dict[str, frozenset[int]] = {}
    plain = address.casefold().replace("'", "").replace("’", "").replace(".", " ")
    for match in _STREET.finditer(plain):
        words = match.group(3).split()
        kind = _SHORT.get(match.group(4), match.group(4))
        found[f"{words[-1]} {kind}"] = _house_numbers(match)
    return found


@lru_cache(maxsize=4_096)
def words_of_address(address: str) -> frozenset[str]:
    """Return the words of an address."""
    return frozenset(_LETTERS.findall(address.casefold().replace("'", "").replace("’", "")))


def _house_numbers(match: re.Match[str]) -> frozenset[int]:
    """Return the numbers; 204-208 is 204, 205 ... 208."""
    first, last = match.group(1), match.group(2)
    if not first or len(first) > 5 or (last and len(last) > 5):
        return frozenset()
    low, high = int(first), int(last or first)
    if 0 <= high - low <= _MOST_NUMBERS:
        return frozenset(range(low, high + 1))
    return frozenset({low, high})
