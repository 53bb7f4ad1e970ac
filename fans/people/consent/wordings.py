"""What people are asked to agree to, read from ``fixtures/consent/wordings.json``. Pure."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from fans.people.consent.errors import UnknownPurposeError

FILE: Final = Path(__file__).resolve().parents[3] / "fixtures" / "consent" / "wordings.json"
ANYBODY: Final = "anybody"
GUARDIAN: Final = "guardian"


@dataclass(frozen=True)
class Version:
    """One wording; ``earlier_yes_stands``: a yes to the one before still counts."""

    number: int
    text: str
    published_on: dt.date
    reviewed_on: dt.date
    earlier_yes_stands: bool


@dataclass(frozen=True)
class Purpose:
    """One thing that somebody may be asked for; versions in order."""

    slug: str
    title: str
    asked_of: frozenset[str]
    is_required: bool
    if_taken_back: str
    versions: tuple[Version, ...]

    @property
    def is_guardians(self) -> bool:
        """Say whether a parent, carer or leader says it for somebody under 18."""
        return GUARDIAN in self.asked_of

    def on(self, day: dt.date) -> Version | None:
        """Return the version asked on a day; None before the first is published."""
        published = [v for v in self.versions if v.published_on <= day]
        return published[-1] if published else None

    def still_covers(self, number: int, *, on: dt.date) -> bool:
        """Say whether a yes to version ``number`` counts on a day."""
        later = (v for v in self.versions if v.number > number and v.published_on <= on)
        return all(v.earlier_yes_stands for v in later)


@cache
def purposes() -> Mapping[str, Purpose]:
    """Return every purpose by slug, in the file's order."""
    return parse(json.loads(FILE.read_text(encoding="utf-8")))


def purpose_named(slug: str) -> Purpose:
    """Return one purpose.

    Raises:
        UnknownPurposeError: there is none of that name.
    """
    found = purposes().get(slug)
    if found is None:
        raise UnknownPurposeError(f"Nobody is asked for “{slug}”.")
    return found


def parse(given: Mapping[str, Any]) -> Mapping[str, Purpose]:
    """Turn the document into purposes.

    Raises:
        ValueError: a slug stands twice, or versions are not 1, 2, 3 by day.
    """
    found: dict[str, Purpose] = {}
    for row in given["purposes"]:
        if row["slug"] in found:
            raise ValueError(f"{row['slug']} stands twice.")
        found[row["slug"]] = Purpose(
            slug=row["slug"],
            title=row["title"],
            asked_of=frozenset(row["asked_of"]),
            is_required=row["required"],
            if_taken_back=row["if_taken_back"],
            versions=_versions(row),
        )
    return MappingProxyType(found)


def _versions(row: Mapping[str, Any]) -> tuple[Version, ...]:
    versions = tuple(
        Version(
            number=each["version"],
            text=each["text"],
            published_on=dt.date.fromisoformat(each["published_on"]),
            reviewed_on=dt.date.fromisoformat(each["reviewed_on"]),
            earlier_yes_stands=each["earlier_yes_stands"],
        )
        for each in row["versions"]
    )
    numbers = [v.number for v in versions]
    days = [v.published_on for v in versions]
    if numbers != list(range(1, len(versions) + 1)) or days != sorted(days):
        raise ValueError(f"The versions of {row['slug']} are not 1, 2, 3 by day.")
    return versions
