"""The ground that ships with the project: outlines of areas, names of places.

Sources and licences: fixtures/geo/README.md.
"""

import csv
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib.gis.geos import MultiPolygon, Point
from django.db import transaction
from django.db.models import Count, Max

from geo.areas import OUTLINES, as_multipolygon, note_authority_codes
from geo.geojson import parse_geometry
from geo.loading import DEMO
from geo.models import Area, AreaKind, LoadedGazetteer, Place, SettlementTile
from geo.settlement import draw_settlement
from geo.srid import WGS84

FOLDER: Final = "geo"

_PLACE = ("geonames_id", "name", "population", "location")


@dataclass(frozen=True)
class Ground:
    """How much was loaded."""

    areas: int
    places: int
    codes: int


@transaction.atomic
def load_ground() -> Ground:
    """Load outlines and place names, or bring them up to date.

    An outline that an operator has replaced by an official boundary is left alone.
    """
    folder = Path(settings.FIXTURE_DIRS[0]) / FOLDER
    about = json.loads((folder / "outline.json").read_text())
    first_time = not Area.objects.filter(source=about["source"]).exists()
    areas = _load_areas(folder, about)
    places = _load_places(folder / "places.csv")
    if LoadedGazetteer.objects.exists() and not SettlementTile.objects.exists():
        draw_settlement()  # postcodes from before there were such tiles
    # Otherwise the next load_postcodes does; it looks at every postcode there is.
    whole = LoadedGazetteer.objects.exclude(source=DEMO).exists()
    return Ground(areas, places, note_authority_codes() if first_time and whole else 0)


def ground_version() -> str:
    """Name the ground that stands now: another once postcodes or areas are loaded."""
    loaded = LoadedGazetteer.objects.aggregate(Max("finished_at"))["finished_at__max"]
    areas = Area.objects.aggregate(Count("pk"), Max("pk"))
    places = Place.objects.count()
    at = int(loaded.timestamp() * 1_000_000) if loaded else 0
    return f"{at}-{areas['pk__count']}-{areas['pk__max'] or 0}-{places}"


def _load_areas(folder: Path, about: dict[str, Any]) -> int:
    names = {(one["name"], one["geonames"]): one["is"] for one in about["names"]}
    counties = set(about["counties"])
    official = set(
        Area.objects.exclude(source=about["source"])
        .filter(is_demo=False)
        .values_list("kind", "name")
    )
    rows = [
        Area(
            name=name,
            kind=AreaKind.COUNTY if name in counties else AreaKind.LOCAL_AUTHORITY,
            boundary=shape,
            source=about["source"],
        )
        for name, shape in _outlines(folder / "uk.geojson", names).items()
    ]
    kept = [row for row in rows if (row.kind, row.name) not in official]
    Area.objects.bulk_create(
        kept,
        update_conflicts=True,
        unique_fields=["kind", "name", "source"],
        update_fields=["boundary"],
    )
    return len(kept)


def _outlines(path: Path, names: dict[tuple[str, str], str]) -> dict[str, MultiPolygon]:
    """Return every shape by its name; parts of one name are one area."""
    parts: dict[str, list[Any]] = defaultdict(list)
    for feature in json.loads(path.read_text())["features"]:
        called = feature["properties"]["name"], feature["properties"]["gn_name"]
        shape = parse_geometry(feature["geometry"], types=OUTLINES, decimals=None, mend=True)
        parts[names.get(called, called[0])].append(shape)
    shapes: dict[str, MultiPolygon] = {}
    for name, several in parts.items():
        whole = several[0]
        for other in several[1:]:
            whole = whole.union(other)
        shapes[name] = as_multipolygon(whole)
    return shapes


def _load_places(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        rows = [
            Place(
                geonames_id=int(row["geonames_id"]),
                name=row["name"],
                population=int(row["population"]),
                location=Point(float(row["lon"]), float(row["lat"]), srid=WGS84),
            )
            for row in csv.DictReader(file)
        ]
    known = {(*row[:-1], row[-1].coords) for row in Place.objects.values_list(*_PLACE)}
    changed = [
        row
        for row in rows
        if (row.geonames_id, row.name, row.population, row.location.coords) not in known
    ]
    Place.objects.bulk_create(
        changed,
        batch_size=2_000,
        update_conflicts=True,
        unique_fields=["geonames_id"],
        update_fields=_PLACE[1:],
    )
    return len(rows)
