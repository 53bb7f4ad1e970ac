"""Words to say when a home asks somebody whether they would like to connect. Pure."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from assets import categories

_FILE = Path(__file__).resolve().parents[3] / "fixtures" / "steps" / "cards.json"
_KNOWN: Final[dict[str, Any]] = json.loads(_FILE.read_text(encoding="utf-8"))

BEFORE: Final[tuple[str, ...]] = tuple(_KNOWN["before"])
"""What to have ready before one rings."""

IF_NOT: Final[str] = _KNOWN["if_not"]
ANYBODY: Final = "anybody"


@dataclass(frozen=True)
class Card:
    """One prompt card, in the order in which it is said."""

    title: str
    hello: str
    offer: str
    ask: str
    next: str


def card_for(category: str, *, home_name: str) -> Card:
    """Return the card for a kind of partner (an asset category or "") of a home."""
    kind = categories.BY_SLUG.get(category)
    words = _KNOWN["cards"][kind.family if kind else ANYBODY]
    return Card(**{name: text.replace("{home}", home_name) for name, text in words.items()})
