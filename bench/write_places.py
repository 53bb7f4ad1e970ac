"""Writes places with and without what counts them for the map; prints what it took.

usage: python bench/write_places.py with|without SINGLE BULK

Each write is a transaction of its own. What was added is taken away again, not timed.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.contrib.gis.geos import Point  # noqa: E402 - after setup
from django.db import connection, models  # noqa: E402

from assets.models import Asset  # noqa: E402
from assets.services import add_asset, edit_asset  # noqa: E402
from fans.people.models import Person  # noqa: E402
from fans.people.services import make_administrator  # noqa: E402

KINDS = ("arts_culture", "faith", "sport", "library_learning")
WARM_UP = 5
MARK = "bench of writes"
COUNTING = "geo_cells_%"
"""What the triggers are called that keep the counts."""


def main(how: str, single: int, bulk: int) -> None:
    """Write by the service, by the ORM and in bulk."""
    by = make_administrator(email="bench@example.org", name="Bench")
    spots = list(
        Asset.objects.filter(location__isnull=False)
        .order_by("pk")
        .values_list("location", flat=True)[: 2 * (single + WARM_UP)]
    )
    with _counting(how == "with"):
        found = {
            "service_insert_ms": each(lambda n: _add(by, spots[n], n), single),
            "service_update_ms": each(_editing(by, spots), single),
            "orm_insert_ms": each(_inserting(spots), single),
            "orm_update_ms": each(_updating(spots), single),
            "bulk_s": [_bulk(bulk)],
        }
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM assets_asset WHERE who_to_ask = %s", [MARK])
    print(json.dumps(found))


def each(write: Callable[[int], object], count: int) -> list[float]:
    """Return the milliseconds of so many writes, after a few to warm up."""
    took = []
    for number in range(count + WARM_UP):
        since = time.perf_counter()
        write(number)
        took.append(1000 * (time.perf_counter() - since))
    return took[WARM_UP:]


@contextmanager
def _counting(is_on: bool) -> Iterator[None]:
    """Switch the triggers off that keep the map's counts, where that is asked."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = 'assets_asset'::regclass"
            " AND tgname LIKE %s",
            [COUNTING],
        )
        names = [name for (name,) in cursor.fetchall()]
        if not names:
            raise SystemExit("no trigger counts places for the map")
        for name in [] if is_on else names:
            cursor.execute(f'ALTER TABLE assets_asset DISABLE TRIGGER "{name}"')
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for name in [] if is_on else names:
                cursor.execute(f'ALTER TABLE assets_asset ENABLE TRIGGER "{name}"')


def _details(spot: Point, number: int) -> dict[str, object]:
    return {
        "name": f"Written place {number}",
        "category": KINDS[number % len(KINDS)],
        "location": Point(spot.x + 0.0001, spot.y, srid=4326),
        "location_precision": "exact",
        "location_source": "map",
        "who_to_ask": MARK,
    }


def _add(by: Person, spot: Point, number: int) -> Asset:
    return add_asset(by=by, **_details(spot, number))  # type: ignore[arg-type]


def _ours() -> models.QuerySet[Asset, Asset]:
    return Asset.objects.filter(who_to_ask=MARK).order_by("pk")


def _editing(by: Person, spots: list[Point]) -> Callable[[int], object]:
    """Move and recategorise what was added."""
    added = list(_ours())

    def edit(number: int) -> object:
        asset = added[number]
        kind = KINDS[(number + 1) % len(KINDS)]
        to = spots[-1 - number]
        return edit_asset(
            by=by, asset=asset, seen_at=asset.updated_at, category=kind, location=to
        )

    return edit


def _inserting(spots: list[Point]) -> Callable[[int], object]:
    """Save the like of what was added, without the service's rules."""
    like = _ours()[0]

    def insert(number: int) -> None:
        like.pk, like._state.adding, like.client_uuid = None, True, None
        like.name, like.location = f"Plain place {number}", spots[number]
        like.save(force_insert=True)

    return insert


def _updating(spots: list[Point]) -> Callable[[int], object]:
    added = list(_ours())

    def update(number: int) -> None:
        asset = added[number]
        asset.location, asset.category = spots[number], KINDS[number % len(KINDS)]
        asset.save(update_fields=["location", "category"])

    return update


def _bulk(count: int) -> float:
    """Add so many in one statement; return the seconds."""
    taken = {"id", "client_uuid", "source_ref", "who_to_ask", "name"}
    columns = [f.column for f in Asset._meta.concrete_fields if f.column not in taken]
    listed = ", ".join(columns)
    since = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO assets_asset ({listed}, source_ref, who_to_ask, name)"
            f" SELECT {listed}, '', %s, 'Bulk ' || id FROM assets_asset"
            "  WHERE visibility = 'published' AND location IS NOT NULL"
            "  ORDER BY id LIMIT %s",
            [MARK, count],
        )
        if cursor.rowcount != count:
            raise SystemExit(f"{cursor.rowcount} rows were added, not {count}")
    return time.perf_counter() - since


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
