"""What people say of two records that look alike."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from assets.models import Asset
from assets.twins.errors import PairMovedOnError
from assets.twins.models import Pair, PairState

_MERGED = "These two have been merged meanwhile."


@transaction.atomic
def decide(*, by: Any, pair: Pair, state: PairState) -> Pair:
    """Say that two are not the same, are the same (to be merged yet), or take it back.

    Raises:
        PermissionDenied: ``by`` may publish neither.
        PairMovedOnError: they have been merged.
        ValueError: merging is not said but done.
    """
    if state == PairState.MERGED:
        raise ValueError("merging is done by assets.twins.merging")
    if not by.has_perm("assets.publish", pair):
        raise PermissionDenied("Your roles do not allow this: tell these two apart.")
    pair = Pair.objects.select_for_update().get(pk=pair.pk)
    if pair.state == PairState.MERGED:
        raise PairMovedOnError(_MERGED)
    is_open = state == PairState.OPEN
    pair.state = state
    pair.decided_by = None if is_open else by
    pair.decided_at = None if is_open else timezone.now()
    pair.full_clean()
    pair.save()
    return pair


@transaction.atomic
def tell_apart(*, by: Any, asset: Asset, others: Iterable[Asset]) -> None:
    """Remember that a new asset is none of those that its adder was shown."""
    now = timezone.now()
    for other in others:
        low, high = sorted((asset, other), key=lambda one: one.pk)
        if low.pk != high.pk:
            Pair.objects.get_or_create(
                low=low,
                high=high,
                defaults={
                    "state": PairState.DISTINCT,
                    "found_on": timezone.localdate(),
                    "decided_by": by,
                    "decided_at": now,
                },
            )
