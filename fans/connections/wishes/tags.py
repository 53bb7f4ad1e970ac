"""What wishes are about, read from ``fixtures/wishes/tags.json``: the one list. Pure."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

_FILE = Path(__file__).resolve().parents[3] / "fixtures" / "wishes" / "tags.json"
_ROWS: Final[list[dict[str, Any]]] = json.loads(_FILE.read_text(encoding="utf-8"))["tags"]

MOST_TAGS: Final = 4
"""More than these, and a wish is about everything."""


@dataclass(frozen=True)
class Tag:
    """One theme, and who may share it."""

    slug: str
    label: str
    categories: tuple[str, ...]  # kinds of place, as in assets.categories
    interests: tuple[str, ...]  # of volunteers, as in fixtures/volunteering/interests.json
    words: tuple[str, ...]  # beginnings of words, or phrases, that speak of it; small letters
    tells_of: str  # "", or what it says of a person: faith, origin, health

    @property
    def only_if_wished(self) -> bool:
        """Say whether it counts only where a wish names it, and never leaves the home."""
        return bool(self.tells_of)


def _tag(row: dict[str, Any]) -> Tag:
    return Tag(
        slug=row["slug"],
        label=row["label"],
        categories=tuple(row["categories"]),
        interests=tuple(row["interests"]),
        words=tuple(row["words"]),
        tells_of=row.get("tells_of", ""),
    )


TAGS: Final[dict[str, Tag]] = {row["slug"]: _tag(row) for row in _ROWS}
SLUGS: Final = tuple(TAGS)
SHOWN_OUTSIDE: Final = tuple(slug for slug, tag in TAGS.items() if not tag.only_if_wished)
"""Tags that a locality board may name: none that tells of faith, origin or health."""

_WHOLE_TO: Final = 3
"""A word this short is looked for whole: "cat" is no beginning of "catering"."""


def choices() -> list[tuple[str, str]]:
    """Return (slug, label) pairs for forms and fields, in the list's order."""
    return [(slug, tag.label) for slug, tag in TAGS.items()]


def labels_of(slugs: list[str]) -> list[str]:
    """Name tags in words; one that the list has no more is left out."""
    return [TAGS[slug].label for slug in slugs if slug in TAGS]


def suggested(text: str, *, most: int = MOST_TAGS) -> list[str]:
    """Return the tags that the words of a wish speak of, those named most often first.

    The page does the same while somebody types: see ``frontend/src/wishes/tags.ts``.
    """
    found = {slug: len(pattern_of(tag).findall(text.lower())) for slug, tag in TAGS.items()}
    told = [slug for slug in SLUGS if found[slug]]
    return sorted(told, key=lambda slug: -found[slug])[:most]


def pattern_of(tag: Tag) -> re.Pattern[str]:
    """Return what finds a tag's words in a text of small letters."""
    parts = [re.escape(word) + (r"\b" if len(word) <= _WHOLE_TO else "") for word in tag.words]
    return re.compile(rf"\b(?:{'|'.join(parts)})")
