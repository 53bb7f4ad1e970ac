"""Properties of other people's map files onto the register, by their headers. Pure."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from assets import categories
from assets.candidates import Candidate, RowRefusedError
from assets.cleaning import (
    clean_email,
    clean_phone,
    clean_postcode,
    clean_text,
    clean_website,
    fit,
    meaning,
)

_FILE = Path(__file__).resolve().parent.parent / "fixtures" / "mappings" / "geojson.json"
_OTHER = re.compile(r"[^0-9a-zà-ÿ]+")
_PARTED = re.compile(r"[,;|/]")

NO_NAME: Final = "it has no name"
NO_CATEGORY: Final = "its kind is none of ours"


def plain(text: Any) -> str:
    """Return a header or kind as it is compared: lower case, parted by underscores."""
    return _OTHER.sub("_", str(text).casefold()).strip("_")


_MAPPING = json.loads(_FILE.read_text(encoding="utf-8"))
_HEADERS: Final[dict[str, list[str]]] = _MAPPING["headers"]
_ADDRESS: Final[list[str]] = _MAPPING["address"]
_KINDS: Final[dict[str, str]] = {
    plain(kind): slug for slug, kinds in _MAPPING["categories"].items() for kind in kinds
} | {
    plain(word): category.slug
    for category in categories.CATEGORIES
    for word in (category.slug, category.label)
}
_WHEELCHAIR: Final = {
    "yes": "yes",
    "y": "yes",
    "true": "yes",
    "partly": "limited",
    "limited": "limited",
    "no": "no",
    "n": "no",
    "false": "no",
}


def missing_columns(headers: Iterable[str], *, category_given: bool) -> str | None:
    """Return which column a file lacks ("name" or "category"), None where it has both."""
    known = {plain(header) for header in headers}
    if known.isdisjoint(_HEADERS["name"]):
        return "name"
    if not category_given and known.isdisjoint(_HEADERS["category"]):
        return "category"
    return None


def category_named(text: str) -> str | None:
    """Return the category of a kind in words; of several, the first that is known."""
    for part in (text, *_PARTED.split(text)):
        slug = _KINDS.get(plain(part))
        if slug and slug != categories.INDIVIDUAL_GIFT:
            return slug
    return None


def id_of(properties: Mapping[str, Any]) -> str:
    """Return the row's own id, "" without one."""
    return _first({plain(name): value for name, value in properties.items()}, "id")


def read_columns(properties: Mapping[str, Any], *, category: str | None) -> Candidate:
    """Turn a feature's properties into what the row says about an asset.

    Raises:
        RowRefusedError: no name, or a kind that is none of ours.
    """
    row = {plain(name): value for name, value in properties.items()}
    name = _first(row, "name")
    if not name:
        raise RowRefusedError(NO_NAME, column="name")
    kind = _first(row, "category")
    slug = category or category_named(kind)
    if slug is None:
        raise RowRefusedError(NO_CATEGORY, column="category", detail=kind[:40])
    hours = _first(row, "hours")
    description = " ".join(
        part for part in (_first(row, "description"), hours and f"Open: {hours}") if part
    )
    return Candidate(
        values={
            "name": fit("name", name),
            "category": slug,
            "description": fit("description", description),
            "address": fit("address", _address(row)),
            "postcode": clean_postcode(_first(row, "postcode")),
            "phone": _first_that(clean_phone, row, "phone"),
            "email": _first_that(clean_email, row, "email"),
            "website": _first_that(clean_website, row, "website"),
            "opening_hours": "",  # ours are in OpenStreetMap's syntax, theirs are words
            "wheelchair": _WHEELCHAIR.get(plain(_first(row, "wheelchair")), "unknown"),
            "access_notes": "",
            "cost": fit("cost", _first(row, "cost")),
        }
    )


def _first(row: Mapping[str, Any], field: str) -> str:
    found = (meaning(row.get(header)) for header in _HEADERS[field])
    return next(filter(None, found), "")


def _first_that(clean: Any, row: Mapping[str, Any], field: str) -> str:
    found = (clean(clean_text(row.get(header))) for header in _HEADERS[field])
    return next(filter(None, found), "")


def _address(row: Mapping[str, Any]) -> str:
    parts: list[str] = []
    for header in _ADDRESS:
        part = meaning(row.get(header)).strip(" ,")
        if part and part not in parts:
            parts.append(part)
    return ", ".join(parts)
