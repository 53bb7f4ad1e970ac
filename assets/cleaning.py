"""Texts of outside files and forms, made fit for their columns. Pure."""

import datetime as dt
import re
from typing import Any, Final
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator

from assets.candidates import RowRefusedError
from geo.postcodes import parse_postcode
from intake.words import is_formula, seen

# Columns of Asset; a test compares them with the model.
MOST_CHARACTERS: Final = {
    "name": 200,
    "description": 2000,
    "address": 300,
    "phone": 40,
    "email": 254,
    "website": 300,
    "opening_hours": 300,
    "access_notes": 300,
    "cost": 120,
}
# Half of a sentence still tells something; half of a number or address misleads.
_CUT: Final = frozenset({"description", "access_notes", "address"})

_PHONE = re.compile(r"\+?[0-9() .\-]{6,}")
# Written by tools and people where they had nothing to say.
_NOTHING: Final = frozenset({"", "-", "--", "*", "n/a", "na", "none", "null", "unknown", "tbc"})

# What nearly all addresses look like. Django's validators, which are slow, take whatever
# these take, and are asked of the rest; a test compares them.
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_PLAIN_EMAIL = re.compile(
    rf"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:{_LABEL}\.)+[a-z]{{2,63}}", re.IGNORECASE | re.ASCII
)
_PLAIN_URL = re.compile(
    rf"https?://(?:{_LABEL}\.)+[a-z]{{2,63}}(?:/[a-z0-9./_~%?=&#+-]*)?",
    re.IGNORECASE | re.ASCII,
)
_LONGEST_PLAIN: Final = 200
_LONGEST_MOMENT: Final = 40
_FIRST_YEAR: Final = 1990  # before it no source of ours kept a file

_email_ok = EmailValidator()
_url_ok = URLValidator(schemes=["http", "https"])


def clean_text(value: Any) -> str:
    """Return a value as one line without control characters and doubled spaces."""
    if isinstance(value, str):
        if value.isascii() and value.isprintable() and "  " not in value:
            return value.strip()
    elif value is None or isinstance(value, bool | dict | list):
        return ""
    return seen(str(value))


def meaning(value: Any) -> str:
    """Return a cleaned text; "" for the ways of saying that there is none."""
    text = clean_text(value)
    return "" if text.casefold() in _NOTHING else text


def fit(column: str, text: str) -> str:
    """Return a text that fits its column: cut where half still helps, else left out.

    Raises:
        RowRefusedError: a name is too long, which is never cut or left out; or a formula.
    """
    most = MOST_CHARACTERS[column]
    if column == "name" and is_formula(text):
        raise RowRefusedError("the name is a formula of a spreadsheet", column=column)
    if len(text) <= most:
        return text
    if column == "name":
        raise RowRefusedError(f"the name has more than {most} characters", column=column)
    return text[: most - 1].rstrip() + "…" if column in _CUT else ""


def clean_postcode(text: str) -> str:
    """Return a postcode as it is written, M33 2DH, "" for what is none."""
    postcode = parse_postcode(text, mend=True)
    return str(postcode) if postcode else ""


def clean_phone(text: str) -> str:
    """Return a telephone number as written, "" for what is none."""
    match = _PHONE.match(clean_text(text))
    return fit("phone", match.group().strip()) if match else ""


def clean_email(text: str) -> str:
    """Return an e-mail address, "" for what is none."""
    address = clean_text(text).removeprefix("mailto:")
    if "@" not in address:
        return ""
    if len(address) <= _LONGEST_PLAIN and _PLAIN_EMAIL.fullmatch(address):
        return address
    try:
        _email_ok(address)
    except ValidationError:
        return ""
    return fit("email", address)


def clean_website(text: str) -> str:
    """Return a web address with its scheme (http:// where none was given), else ""."""
    address = clean_text(text)
    if address and "://" not in address:
        address = f"http://{address}"
    if not address or (len(address) <= _LONGEST_PLAIN and _PLAIN_URL.fullmatch(address)):
        return address
    try:
        _url_ok(address)
    except (ValidationError, ValueError):
        return ""
    # What stands before an @ reads like the host, and is not: www.nhs.uk@evil.example.
    return "" if "@" in urlsplit(address).netloc else fit("website", address)


def clean_moment(value: Any) -> str:
    """Return a day, or a moment, as one in UTC: 2026-05-12T00:00:00Z; "" for what is none.

    One that lies ahead is none: nothing said later would count as newer.
    """
    text = clean_text(value)
    if not 10 <= len(text) <= _LONGEST_MOMENT:
        return ""
    try:
        moment = dt.datetime.fromisoformat(text)
        moment = moment.replace(tzinfo=moment.tzinfo or dt.UTC).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return ""
    if moment.year < _FIRST_YEAR or moment > dt.datetime.now(dt.UTC) + dt.timedelta(days=1):
        return ""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
