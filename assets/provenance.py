"""Whose data is shown: the words that licences ask for, for rows and for all we hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Count

from assets.models import Asset, AssetSource, Dataset
from assets.origins import licence_url

_KEEP_S = 600


@dataclass(frozen=True)
class Holding:
    """Data of one source under one licence: how much is public, and when it last came."""

    source: str
    licence: str
    licence_url: str
    attribution: str
    count: int
    imported_at: Any = None


def attributions_of(rows: Iterable[tuple[str, str, str]]) -> list[dict[str, str]]:
    """Return whom to name for rows of (source, licence, attribution), each once."""
    told = sorted({row for row in rows if row[1] or row[2]})
    return [
        {"source": source, "licence": licence, "attribution": attribution}
        for source, licence, attribution in told
    ]


def holdings() -> list[Holding]:
    """Return what is public, by source and licence; counted anew every ten minutes."""
    found: list[Holding] = cache.get_or_set("assets.holdings", _count, _KEEP_S) or []
    return found


def _count() -> list[Holding]:
    latest: dict[tuple[str, str, str], Any] = {}
    for dataset in Dataset.objects.order_by("imported_at"):
        key = (dataset.source, dataset.licence, dataset.attribution)
        latest[key] = dataset.imported_at
    rows = (
        Asset.objects.published()
        .values_list("source", "source_licence", "source_attribution")
        .annotate(count=Count("pk"))
        .order_by("-count")
    )
    return [
        Holding(
            AssetSource(source).label,
            licence,
            licence_url(licence),
            attribution,
            count,
            latest.get((source, licence, attribution)),
        )
        for source, licence, attribution, count in rows
    ]


def map_credit() -> str:
    """Return whom a map must name for its places: those who ask for it under ODbL."""
    named = Dataset.objects.filter(licence__istartswith="odbl").exclude(attribution="")
    words = named.values_list("attribution", flat=True).distinct().order_by("attribution")
    return "; ".join(words)
