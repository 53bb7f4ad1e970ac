"""Asks, as the add page does while somebody types, what may be there already.

usage: python bench/type_names.py FILE.csv TIMES ours|trigrams

Prints the milliseconds of each question as JSON.
"""

import csv
import json
import os
import sys
import time
from collections.abc import Callable
from itertools import islice

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.contrib.gis.geos import Point  # noqa: E402 - after setup

from assets.duplicates import alike  # noqa: E402
from assets.models import Asset, AssetQuerySet  # noqa: E402


def ours(row: dict[str, str], among: AssetQuerySet) -> int:
    """Ask as the page does."""
    point = Point(float(row["longitude"]), float(row["latitude"]), srid=4326)
    said = {key: row[key] for key in ("address", "phone", "website")}
    return len(alike(name=row["name"], point=point, among=among, **said))


def trigrams(row: dict[str, str], among: AssetQuerySet) -> int:
    """Ask for the names most alike by their trigrams, wherever they are."""
    return len(among.named_like(row["name"], more_than=0.5).order_by("-likeness")[:5])


ASKED: dict[str, Callable[[dict[str, str], AssetQuerySet], int]] = {
    "ours": ours,
    "trigrams": trigrams,
}


def main(path: str, times: int, how: str) -> None:
    """Ask so many times, the first few to get warm."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = [row for row in islice(csv.DictReader(file), times + 20) if row["name"]]
    among, took, found = Asset.objects.published(), [], 0
    for number, row in enumerate(rows):
        since = time.perf_counter()
        some = ASKED[how](row, among)
        if number >= 10:
            took.append((time.perf_counter() - since) * 1000)
            found += some > 0
    print(json.dumps({"ms": took, "found": found}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
