"""The country's names, read from ``fixtures/country``."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings

from config.country.dice import pick


@cache
def words() -> dict[str, Any]:
    """Return the word lists."""
    path = settings.BASE_DIR / "fixtures" / "country" / "words.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


@cache
def streets() -> tuple[str, ...]:
    """Return every name of a street that the lists can make."""
    halves = words()["streets"]
    return tuple(f"{a} {b}" for b in halves["seconds"] for a in halves["firsts"])


def address(draw: Callable[[], float], town: str) -> str:
    """Make up a number, a street and, where it is known, the real town."""
    street = f"{1 + int(draw() * 140)} {pick(draw, streets())}"
    return f"{street}, {town}" if town else street
