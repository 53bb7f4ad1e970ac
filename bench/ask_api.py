"""Asks our API for the assets of a box, in this process; prints the milliseconds.

usage: python bench/ask_api.py WEST,SOUTH,EAST,NORTH FEATURES REPEATS
"""

import json
import math
import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.cache import cache  # noqa: E402 - after setup
from django.test import Client  # noqa: E402

from assets.filters import MOST_ON_A_PAGE  # noqa: E402


def ask(client: Client, box: str, wanted: int) -> list[bytes]:
    """Return the answers that hold as many features as are wanted."""
    answers = []
    for page in range(1, math.ceil(wanted / MOST_ON_A_PAGE) + 1):
        size = min(wanted, MOST_ON_A_PAGE)
        answer = client.get(
            "/api/v1/assets/",
            {"format": "geojson", "in_bbox": box, "page_size": size, "page": page},
            headers={"host": "localhost"},
        )
        if answer.status_code != 200:
            raise SystemExit(f"the API answered {answer.status_code}: {answer.content[:300]!r}")
        answers.append(answer.content)
    return answers


def main(box: str, wanted: int, repeats: int) -> None:
    """Ask, two more times than told to warm up."""
    client, times, answers = Client(), [], []
    for _ in range(repeats + 2):
        cache.clear()  # the API would soon say that this visitor asks too often
        since = time.monotonic()
        answers = ask(client, box, wanted)
        times.append(1000 * (time.monotonic() - since))
    features = sum(len(json.loads(answer)["features"]) for answer in answers)
    print(json.dumps({"features": min(features, wanted), "ms": times[2:]}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
