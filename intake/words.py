"""What outside files say, made fit to be shown: nothing unseen, nothing without end."""

import re
from typing import Final

# Bells and escapes, marks of width zero, and what turns the text after it round. Joiners
# stay: emoji and some scripts are written with them.
_UNSEEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]+"
)
_HALF_A_CHARACTER: Final = re.compile("[\ud800-\udfff]+")
LONGEST_SHOWN: Final = 60


def seen(text: str) -> str:
    """Return a text as one line of what can be seen, without doubled spaces."""
    return " ".join(_HALF_A_CHARACTER.sub("", _UNSEEN.sub(" ", text)).split())


def shortened(text: str, most: int = LONGEST_SHOWN) -> str:
    """Return a text cut to ``most`` characters."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def is_formula(text: str) -> bool:
    """Say whether a text is a formula, as spreadsheets keep them: =SUM(A1:A9)."""
    return text[:1] == "=" and text[1:2].strip() != ""
