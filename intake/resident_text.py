"""What in a text about people who live in a home may tell who, or of their health. Pure.

Beside all that ``intake.free_text`` finds: first names, rooms and illnesses. It asks about
more than it should, for a wish never needs any of them.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from intake.free_text import Doubt, Kind, doubts

_FILE = Path(__file__).resolve().parent.parent / "fixtures" / "resident_text.json"
_KNOWN: Final[dict[str, Any]] = json.loads(_FILE.read_text(encoding="utf-8"))

_FIRST_NAMES: Final = frozenset(_KNOWN["first_names"].split())
_WELL_KNOWN: Final = tuple(_KNOWN["well_known"])
_TITLES: Final = frozenset(_KNOWN["before_a_saint_or_ship"].split())
_NOT_SOMEBODY: Final = frozenset(_KNOWN["not_somebody"].split())
_OF_HEALTH: Final = (*_KNOWN["health_phrases"], *_KNOWN["health"].split())
_HEALTH = re.compile(rf"\b(?:{'|'.join(map(re.escape, _OF_HEALTH))})\b", re.IGNORECASE)
_ROOM = re.compile(
    r"\b(?:room|rm|bed|flat|bedroom|apartment)(?:\s+(?:no\.?|number))?\s*[0-9]{1,3}[a-z]?\b"
    r"|\bin\s+(?:no\.?|number)\s*[0-9]{1,3}\b",
    re.IGNORECASE,
)
_CAPITALISED = re.compile(r"(?<![\w’'-])[A-Z][a-z’'-]+(?![\w])")
# Who wishes at the very beginning: "Jo would love", "B. misses".
_WISHING = re.compile(
    r"^\W*(?P<who>[A-Z][\w’'-]*\.?)(?:\s+[A-Z]\.?)?\s+"
    r"(?:would|wants|wishes|likes|loves|misses|used|asked|asks|hopes|longs|dreams)\b"
)


def resident_doubts(text: str) -> list[Doubt]:
    """Return what may tell who in a home is meant, in the order it stands there."""
    plain = doubts(text)
    found = [(text.find(doubt.found), doubt) for doubt in plain]
    for start, doubt in (*_rooms(text), *_names(text), *_health(text)):
        if not any(doubt.found in other.found for other in plain):
            found.append((start, doubt))
    in_order = sorted(found, key=lambda piece: piece[0])
    return list(dict.fromkeys(doubt for _, doubt in in_order))


_Pieces = Iterator[tuple[int, Doubt]]


def _rooms(text: str) -> _Pieces:
    for match in _ROOM.finditer(text):
        words = f"“{match.group()}” tells where somebody lives."
        yield match.start(), Doubt(Kind.ROOM, match.group(), words)


def _names(text: str) -> _Pieces:
    if (match := _WISHING.match(text)) and match["who"].lower() not in _NOT_SOMEBODY:
        yield match.start("who"), _name(match["who"])
    for match in _CAPITALISED.finditer(text):
        word = match.group().lower().replace("’", "'").removesuffix("'s")
        if word in _FIRST_NAMES and not _is_known(text, match):
            yield match.start(), _name(match.group())


def _name(found: str) -> Doubt:
    return Doubt(Kind.NAME, found, f"“{found}” looks like somebody’s name.")


def _is_known(text: str, match: re.Match[str]) -> bool:
    """Say whether it stands in the name of somebody, or something, that everybody knows."""
    around = text[max(0, match.start() - 24) : match.end() + 24].lower()
    before = text[: match.start()].lower().split()
    return (bool(before) and before[-1] in _TITLES) or any(
        known in around and match.group().lower() in known for known in _WELL_KNOWN
    )


def _health(text: str) -> _Pieces:
    for match in _HEALTH.finditer(text):
        words = f"“{match.group()}” may tell of somebody’s health."
        yield match.start(), Doubt(Kind.HEALTH, match.group(), words)
