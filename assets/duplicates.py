"""Places that may be the one that somebody is about to add."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.contrib.gis.geos import Point

from assets.models import Asset, AssetQuerySet

NEAR_M: Final = 150
ALIKE: Final = 0.5
MOST: Final = 5


@dataclass(frozen=True)
class Alike:
    """An asset with why it may be the same: how near, and how alike its name (percent)."""

    asset: Asset
    distance_m: float
    likeness_percent: int


def alike(
    *, name: str, point: Point | None, among: AssetQuerySet, but: UUID | None = None
) -> list[Alike]:
    """Return assets with a like name within ``NEAR_M`` of a point, the likest first.

    ``but``: the id of the form that is being sent, should it have arrived before.
    """
    if point is None:
        return []
    rows = among.within(NEAR_M, of=point).named_like(name, more_than=ALIKE)
    if but is not None:
        rows = rows.exclude(client_uuid=but)
    found: Any = rows.with_distance(from_=point)  # each with distance and likeness
    found = found.order_by("-likeness")[:MOST]
    return [Alike(row, row.distance.m, round(row.likeness * 100)) for row in found]
