"""The demo's names and sentences, read from ``fixtures/demo``."""

import json
import random
from functools import cache
from typing import Any

from django.conf import settings


@cache
def words(name: str) -> dict[str, Any]:
    """Return one file of ``fixtures/demo``, by its name without the ending."""
    path = settings.BASE_DIR / "fixtures" / "demo" / f"{name}.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def dice(seed: int, part: str) -> random.Random:
    """Return a generator of its own for one part, so that parts do not disturb each other."""
    return random.Random(f"{seed}:{part}")  # noqa: S311 - scenery, not secrets
