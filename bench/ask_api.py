"""Asks our API for the assets of a box, in this process; prints the milliseconds.

usage: python bench/ask_api.py WEST,SOUTH,EAST,NORTH FEATURES REPEATS
"""

import json
import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.cache import cache  # noqa: E402 - after setup
from django.test import Client  # noqa: E402

from assets.filters import MOST_ON_A_PAGE  # noqa: E402


def ask(client: Client, box: str, wanted: int) -> int:
    """Read as many features as are wanted, in as few pages as the API gives."""
    features, page = 0, 1
    while features < wanted:
        size = min(wanted, MOST_ON_A_PAGE)
        answer = client.get(
            "/api/v1/assets/",
            {"format": "geojson", "in_bbox": box, "page_size": size, "page": page},
            headers={"host": "localhost"},
        )
        if answer.status_code != 200:
            raise SystemExit(f"the API answered {answer.status_code}: {answer.content[:300]!r}")
        found = len(json.loads(answer.content)["features"])
        if not found:
            break
        features, page = features + found, page + 1
    return min(features, wanted)


def main(box: str, wanted: int, repeats: int) -> None:
    """Ask, two more times than told to warm up."""
    client, times, features = Client(), [], 0
    for _ in range(repeats + 2):
        cache.clear()  # the API would soon say that this visitor asks too often
        since = time.monotonic()
        features = ask(client, box, wanted)
        times.append(1000 * (time.monotonic() - since))
    print(json.dumps({"features": features, "ms": times[2:]}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
