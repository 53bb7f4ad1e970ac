"""Bank holidays of the four nations, by rule. Pure.

Source: Banking and Financial Dealings Act 1971 and the days proclaimed each year, as
https://www.gov.uk/bank-holidays lists them. One-off days (a coronation) are not told.
"""

import datetime as dt
from enum import Enum
from functools import cache
from typing import Final

from geo.postcodes import parse_postcode

_MONDAY: Final = 0
_WEEK: Final = dt.timedelta(days=7)
_DAY: Final = dt.timedelta(days=1)
_LAST_WEEKDAY: Final = 4


class Nation(Enum):
    """Where other days are bank holidays."""

    ENGLAND_AND_WALES = "england and wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern ireland"


_SCOTTISH: Final = frozenset(
    {
        *("AB", "DD", "DG", "EH", "FK", "G", "HS", "IV"),
        *("KA", "KW", "KY", "ML", "PA", "PH", "ZE"),
    }
)


def nation_of(postcode: str) -> Nation:
    """Return the nation of a postcode's area; England and Wales where none is known."""
    found = parse_postcode(postcode)
    area = (
        str(found).rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ").rstrip("0123456789 ") if found else ""
    )
    letters = "".join(letter for letter in area[:2] if letter.isalpha())
    if letters == "BT":
        return Nation.NORTHERN_IRELAND
    return Nation.SCOTLAND if letters in _SCOTTISH else Nation.ENGLAND_AND_WALES


@cache
def bank_holidays(year: int, nation: Nation) -> tuple[dt.date, ...]:
    """Return a year's bank holidays, with the days that stand in for weekends."""
    easter = easter_sunday(year)
    days = {
        easter - 2 * _DAY,
        _monday(year, 5, first=True),
        _monday(year, 5, first=False),
    }
    fixed = [dt.date(year, 1, 1), dt.date(year, 12, 25), dt.date(year, 12, 26)]
    if nation is Nation.SCOTLAND:
        days.add(_monday(year, 8, first=True))
        fixed += [dt.date(year, 1, 2), dt.date(year, 11, 30)]
    else:
        days |= {easter + _DAY, _monday(year, 8, first=False)}
    if nation is Nation.NORTHERN_IRELAND:
        fixed += [dt.date(year, 3, 17), dt.date(year, 7, 12)]
    for day in sorted(fixed):
        days.add(_working_day(day, days))
    return tuple(sorted(days))


def easter_sunday(year: int) -> dt.date:
    """Return Easter Sunday of the western churches (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return dt.date(year, month, (h - m + r + month + 19) % 32)


def _working_day(day: dt.date, taken: set[dt.date]) -> dt.date:
    """Return the day, or the next one that is neither of a weekend nor taken."""
    while day.weekday() > _LAST_WEEKDAY or day in taken:
        day += _DAY
    return day


def _monday(year: int, month: int, *, first: bool) -> dt.date:
    if first:
        day = dt.date(year, month, 1)
        return day + ((_MONDAY - day.weekday()) % 7) * _DAY
    day = dt.date(year, month, 31)  # only asked of May and August
    return day - day.weekday() * _DAY
