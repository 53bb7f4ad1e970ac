"""What was said of a record and others is said of the one that stands for it."""

from django.db.models import Q

from assets.models import Asset
from assets.twins.models import Pair
from assets.twins.registry import Notes


def carry_pairs(notes: Notes, keep: Asset, lose: Asset) -> None:
    """Point pairs with other records at ``keep``, unless it makes a pair with them already."""
    own = Pair.objects.filter(Q(low=keep) | Q(high=keep))
    paired = {pk for ends in own.values_list("low_id", "high_id") for pk in ends}
    rows = Pair.objects.filter(Q(low=lose) | Q(high=lose)).order_by("pk")
    for pair in rows.select_for_update():
        other = pair.high_id if pair.low_id == lose.pk else pair.low_id
        if other != keep.pk and other not in paired:
            low, high = sorted((keep.pk, other))
            notes.change([pair], low=low, high=high)
