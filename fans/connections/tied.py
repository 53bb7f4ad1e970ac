"""Which assets a home is tied to: what its source says of them, a person decides."""

from collections.abc import Collection

from fans.connections.models import OVER, Partnership


def tied_assets(asset_ids: Collection[int]) -> set[int]:
    """Return those of some assets that a home has a tie with, or the idea of one."""
    ties = Partnership.objects.filter(partner__asset__in=asset_ids).exclude(status__in=OVER)
    return set(ties.values_list("partner__asset_id", flat=True))
