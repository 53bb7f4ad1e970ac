"""The 25 kinds of asset, read from ``fixtures/categories.json``: the one list."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_FILE = Path(__file__).resolve().parent.parent / "fixtures" / "categories.json"


@dataclass(frozen=True)
class Category:
    """One kind of asset."""

    slug: str
    label: str
    family: str  # colour and symbol group: place learn culture trade people serve
    abcd_type: str  # what an asset of this kind usually is, of the six ABCD types
    examples: str


CATEGORIES: Final = tuple(
    Category(**row) for row in json.loads(_FILE.read_text(encoding="utf-8"))["categories"]
)
BY_SLUG: Final = {category.slug: category for category in CATEGORIES}
SLUGS: Final = tuple(BY_SLUG)

INDIVIDUAL_GIFT: Final = "individual_gift"
ONLINE: Final = "online"
TRANSPORT_ACCESS: Final = "transport_access"

UNREACHABLE: Final = (TRANSPORT_ACCESS, INDIVIDUAL_GIFT, ONLINE)
"""Never counted as within a home's reach: not partners, or without a place."""

UNLOCATED: Final = (INDIVIDUAL_GIFT, ONLINE)
"""Never given a point: a person's home is nobody's business, online is nowhere."""


def choices() -> list[tuple[str, str]]:
    """Return (slug, label) pairs for forms and fields, in the list's order."""
    return [(category.slug, category.label) for category in CATEGORIES]
