"""What in a free text looks as if it names somebody. Pure.

It finds what has a shape: numbers, dates, titles, addresses. A bare first name, an initial
or a room has none and passes: whoever reads a text before it is shown still has to look.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

_FILE = Path(__file__).resolve().parent.parent / "fixtures" / "free_text.json"
_KNOWN: Final[dict[str, Any]] = json.loads(_FILE.read_text(encoding="utf-8"))

FIRST_BIRTH: Final = 1900
LAST_BIRTH: Final = 2015
"""A later day is more likely one on which something happened."""


class Kind(StrEnum):
    """What a piece of text may be."""

    NHS_NUMBER = "nhs_number"
    BIRTH = "birth"
    NAME = "name"
    POSTCODE = "postcode"
    MOBILE = "mobile"
    EMAIL = "email"
    ROOM = "room"  # these two in texts about people who live in a home: resident_text
    HEALTH = "health"


@dataclass(frozen=True)
class Doubt:
    """A piece of a text, as it stands there, and what it may be in words for its writer."""

    kind: Kind
    found: str
    words: str


def doubts(text: str) -> list[Doubt]:
    """Return what in ``text`` may tell who somebody is, in the order it stands there.

    Each piece is named once, and as one thing alone.
    """
    taken: list[tuple[int, int, Doubt]] = []
    for kind, find in _FINDERS:
        for match, words in find(text):
            start, end = match.span()
            found = match.group()
            if not any(start < other_end and end > other for other, other_end, _ in taken):
                taken.append((start, end, Doubt(kind, found, f"“{found}” {words}")))
    in_order = sorted(taken, key=lambda piece: piece[0])
    return list(dict.fromkeys(doubt for _, _, doubt in in_order))


_Pieces = Iterator[tuple[re.Match[str], str]]

# --- ten digits -----------------------------------------------------------------------
# Not the end of an international telephone number.
_TEN_DIGITS = re.compile(
    r"(?<![0-9+])(?<!\+44 )[0-9]{3}[ \u00a0.-]?[0-9]{3}[ \u00a0.-]?[0-9]{4}(?![0-9])"
)


def _nhs_numbers(text: str) -> _Pieces:
    for match in _TEN_DIGITS.finditer(text):
        if is_nhs_number(match.group()):
            yield match, "is an NHS number, by its last digit."
        else:
            yield match, "has ten digits, as an NHS number has."


def is_nhs_number(written: str) -> bool:
    """Say whether ten digits end in the check digit that an NHS number would have.

    One in eleven other numbers does too. A Scottish CHI number is checked alike.
    Source: https://www.datadictionary.nhs.uk/attributes/nhs_number.html
    """
    digits = [int(sign) for sign in written if sign in "0123456789"]
    total = sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return len(digits) == 10 and -total % 11 == digits[-1]


# --- days of birth --------------------------------------------------------------------
_MONTH = (
    "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_DATE = (
    rf"(?:{_DAY}(?P<sep>[/.-])(?:0?[1-9]|1[0-2])(?P=sep)(?P<figures>[0-9]{{4}}|[0-9]{{2}})"
    rf"|{_DAY}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+(?P<after>[0-9]{{4}})"
    rf"|{_MONTH}\s+{_DAY}(?:st|nd|rd|th)?,?\s+(?P<american>[0-9]{{4}})"
    rf"|(?P<iso>[0-9]{{4}})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]))"
)
_DATES = re.compile(rf"(?<![\w/.-]){_DATE}(?![\w/-])", re.IGNORECASE)
_BORN = re.compile(
    rf"\b(?:(?:d\.?o\.?b\b\.?|date\s+of\s+birth|birth\s*date)(?:\W{{1,3}}{_DATE})?"
    r"|born(?:\s+(?:in|on|around|about))?"
    rf"\s+(?:{_DATE.replace('(?P<', '(?P<born_').replace('(?P=sep', '(?P=born_sep')}"
    r"|19[0-9]{2})(?![\w/-]))",
    re.IGNORECASE,
)
# "founded on 3 May 1923" is a club's day.
_OF_A_CLUB = re.compile(
    r"\b(?:since|founded|opened|built|est\.?|established|started|from|until|dated)"
    r"(?:\s+(?:in|on|the))*\W*$",
    re.IGNORECASE,
)
_NO_RECENT_TWO = 30  # 03/05/26 is this year's; 03/05/32 is nobody's diary


def _births(text: str) -> _Pieces:
    for match in _BORN.finditer(text):
        yield match, "looks like a date of birth."
    for match in _DATES.finditer(text):
        if _may_be_birth(match) and not _OF_A_CLUB.search(_before(text, match)):
            yield match, "looks like a date of birth."


def _before(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - 60) : match.start()]


def _may_be_birth(match: re.Match[str]) -> bool:
    parts = match.groupdict()
    year = parts["figures"] or parts["after"] or parts["american"] or parts["iso"]
    if len(year) == len("32"):  # with strokes alone: 3-1-45 may be a score
        return parts["sep"] == "/" and int(year) >= _NO_RECENT_TWO
    return FIRST_BIRTH <= int(year) <= LAST_BIRTH


# --- names ----------------------------------------------------------------------------
_NAME = r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*"
# "ms" is also an illness, "miss" a verb, "sister" and "father" relatives.
_TITLED = re.compile(
    rf"\b(?P<title>(?i:mrs?|mx)|Ms|Miss|MISS|Dr|DR|dr|Doctor|Prof|Professor|Rev|Revd|Reverend"
    rf"|Fr|Father|Sister|Canon|Deacon|Pastor|Rabbi|Imam|Nurse|Cllr|Councillor)\b\.?[ \u00a0]+"
    rf"(?P<name>{_NAME})"
)
_LOWER_TOO: Final = frozenset({"mr", "mrs", "mx"})
_NO_NAMES: Final = frozenset(_KNOWN["no_names"].split())
_WELL_KNOWN: Final = frozenset(_KNOWN["well_known"])
"""Characters, brands and books: nobody who could live here."""
_STREET = re.compile(r"(?:[0-9]+[a-z]?|[^\W\d_]+)\s+[A-Z][^\W\d_]+\s+$")


def _names(text: str) -> _Pieces:
    for match in _TITLED.finditer(text):
        title, name = match["title"].lower(), match["name"]
        plain = name.lower().replace("’", "'")
        by_shape = name[0].isupper() or (title in _LOWER_TOO and len(name) > 1)
        called = {f"{title} {plain}", f"{title} {plain}".removesuffix("'s")}
        if not by_shape or plain in _NO_NAMES or called & _WELL_KNOWN:
            continue
        if title == "dr" and _STREET.search(_before(text, match)):
            continue  # "12 Meadow Dr Sale" is a drive
        yield match, "looks like somebody’s name."


# --- where somebody lives or is reached -------------------------------------------------
# The first letters of all postcodes there are: "Q1 2AB" is a question and its answer.
_AREAS: Final = frozenset(_KNOWN["postcode_areas"].split())
_POSTCODE = re.compile(
    r"\b(?P<area>[A-Za-z]{1,2})[0-9][A-Za-z0-9]?(?P<space>[ \u00a0]{0,2})"
    r"(?P<inward>[0-9][ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2})\b"
)
_ORDINAL = re.compile(r"1st|2nd|3rd|[4-90]th")
_MOBILE = re.compile(
    r"(?<![0-9+])(?:\+44[ -]?(?:\(0\)[ -]?)?|0044[ -]?|0)7[0-9](?:[ -]?[0-9]){8}(?![0-9])"
)
_EMAIL = re.compile(r"[\w.+-]{1,64}@\w[\w-]*(?:\.\w[\w-]*)+")


def _postcodes(text: str) -> _Pieces:
    for match in _POSTCODE.finditer(text):
        as_code = match["space"] or match.group().isupper()
        if match["area"].upper() in _AREAS and as_code and not _ORDINAL.match(match["inward"]):
            yield match, "is a whole postcode: it leads to a few doors."


def _mobiles(text: str) -> _Pieces:
    for match in _MOBILE.finditer(text):
        yield match, "looks like somebody’s mobile number."


def _emails(text: str) -> _Pieces:
    for match in _EMAIL.finditer(text):
        yield match, "is an e-mail address."


# Where two claim the same letters, the first has them.
_FINDERS: Final[tuple[tuple[Kind, Callable[[str], _Pieces]], ...]] = (
    (Kind.EMAIL, _emails),
    (Kind.MOBILE, _mobiles),
    (Kind.NHS_NUMBER, _nhs_numbers),
    (Kind.BIRTH, _births),
    (Kind.NAME, _names),
    (Kind.POSTCODE, _postcodes),
)
