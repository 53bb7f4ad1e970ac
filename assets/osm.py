"""OpenStreetMap tags onto the register: which category, and why a row is not taken. Pure."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from assets import further_facts
from assets.candidates import Candidate, RowRefusedError
from assets.cleaning import (
    clean_email,
    clean_moment,
    clean_phone,
    clean_postcode,
    clean_text,
    clean_website,
    fit,
)

NO_NAME: Final = "it has no name"
CLOSED: Final = "it is marked as closed (vacant, disused or abandoned)"
CARE_HOME: Final = "it is a care home, not a place around one; look in the register of homes"
NO_CATEGORY: Final = "its tags meet none of our kinds of place"

_FILE = Path(__file__).resolve().parent.parent / "fixtures" / "mappings" / "osm.json"
_REF = re.compile(r"(node|way|relation)/[0-9]{1,19}")

Tags = Mapping[str, str]


@dataclass(frozen=True)
class Selector:
    """Tags that must all be there: of each, one of the values named, or any but "no"."""

    tags: tuple[tuple[str, frozenset[str] | None], ...]

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> "Selector":
        """Read a selector of the mapping file."""
        return cls(tuple((key, None if v == "*" else frozenset(v)) for key, v in row.items()))

    def holds(self, tags: Tags) -> bool:
        """Say whether the tags meet the selector."""
        return all(_tag_holds(tags.get(key, ""), wanted) for key, wanted in self.tags)


def _tag_holds(value: str, wanted: frozenset[str] | None) -> bool:
    values = {part.strip() for part in value.split(";")} - {""}
    return bool(values - {"no"}) if wanted is None else bool(values & wanted)


_MAPPING = json.loads(_FILE.read_text(encoding="utf-8"))
_CLOSED = [Selector.from_json(row) for row in _MAPPING["closed"]]
_CARE_HOMES = [Selector.from_json(row) for row in _MAPPING["care_homes"]]
_CATEGORIES = [
    (row["category"], [Selector.from_json(selector) for selector in row["any"]])
    for row in _MAPPING["categories"]
]


def category_of(tags: Tags) -> str | None:
    """Return the first category that the tags meet, in the mapping's order."""
    for slug, selectors in _CATEGORIES:
        if any(selector.holds(tags) for selector in selectors):
            return str(slug)
    return None


def refusal_of(tags: Tags) -> str | None:
    """Return why a row is not taken, None if it is: no name, closed, a home, no kind."""
    if not tags.get("name", "").strip():
        return NO_NAME
    if any(selector.holds(tags) for selector in _CLOSED):
        return CLOSED
    if any(selector.holds(tags) for selector in _CARE_HOMES):
        return CARE_HOME
    return None if category_of(tags) else NO_CATEGORY


def tags_of(properties: Mapping[str, Any]) -> dict[str, str]:
    """Return the tags of a feature: its own properties, or those under ``tags``."""
    inner = properties.get("tags")
    found = inner if isinstance(inner, dict) else properties
    return {
        str(key): clean_text(value)
        for key, value in found.items()
        if isinstance(value, str | int | float) and not isinstance(value, bool)
    }


def as_of(properties: Mapping[str, Any]) -> dict[str, int | str]:
    """Return which version of an object this is and when it was made, as far as it is said."""
    meta = properties.get("meta")
    said = {**properties, **meta} if isinstance(meta, dict) else properties
    found: dict[str, int | str] = {}
    version = said.get("@version", said.get("osm_version"))
    if str(version).isascii() and str(version).isdigit() and len(str(version)) < 10:
        found["version"] = int(str(version))
    if changed := clean_moment(said.get("@timestamp", said.get("osm_timestamp"))):
        found["changed"] = changed
    return found


def ref_of(feature_id: Any, properties: Mapping[str, Any]) -> str | None:
    """Return type and id, such as "node/123", wherever the exporting tool put them."""
    for value in (feature_id, properties.get("@id"), properties.get("id")):
        if isinstance(value, str) and _REF.fullmatch(value):
            return value
    kind = properties.get("osm_type") or properties.get("type")
    number = properties.get("osm_id") or properties.get("id")
    ref = f"{kind}/{number}"
    return ref if _REF.fullmatch(ref) else None


def read_tags(tags: Tags) -> Candidate:
    """Turn tags into what the row says about an asset.

    Raises:
        RowRefusedError: no name, closed, a care home, or no category.
    """
    reason, category = refusal_of(tags), category_of(tags)
    if reason is not None or category is None:
        detail = _what(tags) if reason == NO_CATEGORY else ""
        raise RowRefusedError(reason or NO_CATEGORY, detail=detail)
    return Candidate(
        values={
            "name": fit("name", tags["name"]),
            "category": category,
            "description": fit("description", tags.get("description", "")),
            "address": fit("address", address_of(tags)),
            "postcode": clean_postcode(tags.get("addr:postcode", "")),
            "phone": clean_phone(_first(tags, "phone", "contact:phone", "contact:mobile")),
            "email": clean_email(_first(tags, "email", "contact:email")),
            "website": clean_website(_first(tags, "website", "contact:website", "url")),
            "opening_hours": fit("opening_hours", tags.get("opening_hours", "")),
            "wheelchair": _WHEELCHAIR.get(tags.get("wheelchair", ""), "unknown"),
            "access_notes": fit("access_notes", _access(tags)),
            "cost": fit("cost", _cost(tags)),
            **further_facts.of_tags(tags),
        },
        outside={key: tags[key] for key in _OUTSIDE if tags.get(key)},
    )


# What a row is, for the sentence that says that we have no category for it.
_MAIN_KEYS: Final = (
    "amenity",
    "leisure",
    "tourism",
    "landuse",
    "office",
    "natural",
    "man_made",
)
_WHEELCHAIR: Final = {"yes": "yes", "designated": "yes", "limited": "limited", "no": "no"}
# Who runs it and its numbers elsewhere: kept as the source says, not columns of ours.
_OUTSIDE: Final = ("operator", "charity:ref", "ref:GB:charity", "fhrs:id", "wikidata")


def _what(tags: Tags) -> str:
    key = next((key for key in _MAIN_KEYS if tags.get(key)), "")
    return f"{key}={tags[key][:40]}" if key else ""


def _first(tags: Tags, *keys: str) -> str:
    """Return the first value of the first of ``keys`` that is there."""
    for key in keys:
        value = tags.get(key, "").split(";")[0].strip()
        if value:
            return value
    return ""


def _access(tags: Tags) -> str:
    return _first(tags, "wheelchair:description", "wheelchair:description:en")


def _cost(tags: Tags) -> str:
    charge = tags.get("charge", "")
    return charge if charge else "Free" if tags.get("fee") == "no" else ""


def address_of(tags: Tags) -> str:
    """Write the addr:* tags as one line: house and street, village, town."""
    if tags.get("addr:full"):
        return tags["addr:full"]
    number, street = tags.get("addr:housenumber", ""), tags.get("addr:street", "")
    parts = [
        tags.get("addr:housename", ""),
        f"{number} {street}".strip() if street else tags.get("addr:place", ""),
        tags.get("addr:suburb", ""),
        tags.get("addr:village", ""),
        tags.get("addr:city", ""),
    ]
    seen: list[str] = []
    for part in parts:
        if part and part not in seen:
            seen.append(part)
    return ", ".join(seen)
