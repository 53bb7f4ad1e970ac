"""Takes rows of a table in as the site's own form does, one by one; prints the seconds.

usage: python bench/row_by_row.py FILE.csv ROWS
"""

import csv
import json
import os
import sys
import time
from itertools import islice

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.contrib.gis.geos import Point  # noqa: E402 - after setup
from django.utils import timezone  # noqa: E402

from assets.duplicates import alike  # noqa: E402
from assets.models import Asset  # noqa: E402


def take(row: dict[str, str]) -> None:
    """Look for places alike, check every field and rule, and save."""
    point = Point(float(row["longitude"]), float(row["latitude"]), srid=4326)
    alike(name=row["name"], point=point, among=Asset.objects.all())
    asset = Asset(
        name=row["name"],
        category="community_space",
        abcd_type="place",
        address=row["address"],
        phone=row["phone"],
        website=row["website"],
        location=point,
        location_precision="exact",
        location_source="file",
        source="csv",
        source_ref=row["id"],
        visibility="published",
        published_on=timezone.localdate(),
    )
    asset.full_clean()
    asset.save()


def main(path: str, count: int) -> None:
    """Take the first rows and print how long it took."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(islice((row for row in csv.DictReader(file) if row["name"]), count))
    since = time.monotonic()
    for row in rows:
        take(row)
    print(json.dumps({"seconds": time.monotonic() - since, "rows": len(rows)}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
