"""Places that may be the one that somebody is about to add."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.contrib.gis.geos import Point

from assets import categories
from assets.models import Asset, AssetQuerySet
from assets.twins.finding import find
from assets.twins.names import likeness
from assets.twins.records import facts_of_asset
from assets.twins.signals import Facts, distance_m

MOST: Final = 5


@dataclass(frozen=True)
class Alike:
    """An asset with why it may be the same: how near, and how alike its name (percent)."""

    asset: Asset
    distance_m: float | None  # None where one of the two has no place
    likeness_percent: int
    # As part of a sentence: "same name, 40 m away, same phone".
    why: str


def alike(
    *,
    name: str,
    point: Point | None,
    among: AssetQuerySet,
    but: UUID | None = None,
    category: str = "",
    postcode: str = "",
    address: str = "",
    phone: str = "",
    website: str = "",
) -> list[Alike]:
    """Return assets that may be what somebody is typing, the likest first.

    ``point``: WGS 84. Without one, only what shares a phone, page or postcode is found.
    ``but``: the id of the form that is being sent, should it have arrived before.
    """
    kind = categories.BY_SLUG.get(category)
    record = Facts(
        name=name,
        category=category,
        family=kind.family if kind else "",
        lon=point.x if point else None,
        lat=point.y if point else None,
        postcode=postcode,
        address=address,
        phone=phone,
        website=website,
    )
    rows = among if but is None else among.exclude(client_uuid=but)
    found = []
    for twin in find(record, among=rows, most=MOST):
        facts = facts_of_asset(twin.asset)
        metres = distance_m(record, facts)
        percent = round(100 * likeness(record.said, facts.said))
        found.append(Alike(twin.asset, metres, percent, twin.verdict.in_words()))
    return found
