"""Assets, rows of files and forms, as the facts that are compared."""

from collections.abc import Mapping
from typing import Any, Final

from assets import categories
from assets.candidates import Placed
from assets.choices import AssetSource
from assets.models import Asset
from assets.twins.signals import Facts

COARSE: Final = ("sector", "outcode")

COLUMNS: Final = (
    "{0}name, {0}category, ST_X({0}location::geometry), ST_Y({0}location::geometry), "
    "{0}location_precision, {0}postcode, {0}address, {0}phone, {0}website, {0}source, "
    "{0}source_ref, {0}source_values -> 'outside'"
)
"""What ``facts_of_columns`` wants, in its order; {0}: the table's name with its dot, or ""."""

_CHARITIES: Final = "charities/"


def facts_of_columns(
    name: str,
    category: str,
    lon: float | None,
    lat: float | None,
    precision: str,
    postcode: str,
    address: str,
    phone: str,
    website: str,
    source: str,
    source_ref: str,
    outside: Mapping[str, str] | None = None,
) -> Facts:
    """Return the facts of a row of the table of assets."""
    kind = categories.BY_SLUG.get(category)
    return Facts(
        name=name,
        category=category,
        family=kind.family if kind else "",
        lon=lon,
        lat=lat,
        is_coarse=precision in COARSE,
        postcode=postcode,
        address=address,
        phone=phone,
        website=website,
        ids=ids_of(source, source_ref, outside or {}),
        listed_in=list_of(source, source_ref),
    )


def facts_of_asset(asset: Asset) -> Facts:
    """Return what is compared of an asset, saved or not."""
    point = asset.location
    return facts_of_columns(
        asset.name,
        asset.category,
        point.x if point else None,
        point.y if point else None,
        asset.location_precision,
        asset.postcode,
        asset.address,
        asset.phone,
        asset.website,
        asset.source,
        asset.source_ref,
        asset.source_values.get("outside"),
    )


def facts_of_placed(placed: Placed, source: AssetSource) -> Facts:
    """Return what is compared of a row of a file."""
    values: dict[str, Any] = placed.candidate.values
    return facts_of_columns(
        values["name"],
        values["category"],
        placed.lon,
        placed.lat,
        placed.precision,
        values.get("postcode", ""),
        values.get("address", ""),
        values.get("phone", ""),
        values.get("website", ""),
        source.value,
        placed.ref,
        placed.candidate.outside,
    )


def list_of(source: str, source_ref: str) -> str:
    """Return the list that gave a record its number; "" for what was added here.

    A row without a number of its own has one made of its name and place: that is no
    word of anybody's for its being another place.
    """
    if not source_ref or source_ref.startswith("~") or source == AssetSource.LOCAL:
        return ""
    if source in (AssetSource.OSM, AssetSource.ORUK):
        return source
    return f"{source}:{source_ref.partition('/')[0]}"


def ids_of(source: str, source_ref: str, outside: Mapping[str, str]) -> dict[str, str]:
    """Return the numbers that others gave a record, by whose they are."""
    found = {
        "charity": outside.get("charity:ref") or outside.get("ref:GB:charity") or "",
        "wikidata": outside.get("wikidata", ""),
        "fhrs": outside.get("fhrs:id", ""),
    }
    if source in (AssetSource.OSM, AssetSource.ORUK):
        found[source] = source_ref
    elif source_ref.startswith(_CHARITIES):
        found["charity"] = source_ref.removeprefix(_CHARITIES)
    return {kind: number for kind, number in found.items() if number}
