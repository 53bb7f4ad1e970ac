"""Which record stands for an asset: its own, or the one that it was merged into."""

from typing import Final

from django.db import connection

from assets.models import Asset, AssetQuerySet

_HOLD: Final = "SELECT merged_into_id FROM assets_asset WHERE id = %s FOR KEY SHARE"


def standing(asset: Asset) -> Asset:
    """Hold an asset for a row that is about to point at it; return the one that stands.

    Inside the transaction that writes the row. It waits for a merge of this very record
    and follows it, so that nothing is written to a record that is one with another.
    """
    pk = asset.pk
    while (into := _hold(pk)) is not None:
        pk = into
    return asset if pk == asset.pk else Asset.objects.get(pk=pk)


def stands_for(pk: int) -> int:
    """Return the id of the record that stands for ``pk``, following every merge. No lock."""
    seen = Asset.objects.filter(merged_into__isnull=False)
    while (
        into := seen.filter(pk=pk).values_list("merged_into_id", flat=True).first()
    ) is not None:
        pk = into
    return pk


def unmerged(rows: AssetQuerySet) -> AssetQuerySet:
    """Keep records that stand for themselves."""
    return rows.filter(merged_into__isnull=True)


def _hold(pk: int) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [pk])
        row: tuple[int | None] | None = cursor.fetchone()
    if row is None:
        raise Asset.DoesNotExist(f"No asset {pk}.")
    return row[0]
