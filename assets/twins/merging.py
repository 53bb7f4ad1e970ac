"""Make two records one: what hangs on both hangs on one, and all of it can be undone."""

import datetime as dt
from collections.abc import Mapping
from copy import copy
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from assets.checking.renewing import renew
from assets.errors import ChangedMeanwhileError
from assets.models import Asset, Visibility
from assets.twins import registry
from assets.twins.choosing import Choices, checks_that_part, columns_to_take
from assets.twins.errors import MergeRefusedError
from assets.twins.ledger import Ledger
from assets.twins.models import Merge, Pair, PairState
from assets.twins.moving import move_all

_TURN: Final = "connections_reach"
"""What writes places holds this first, shared: the order in which all others take locks."""


@transaction.atomic
def merge(
    *,
    by: Any,
    keep: Asset,
    lose: Asset,
    choices: Choices,
    seen: Mapping[int, dt.datetime] | None = None,
) -> Merge:
    """Put ``lose`` into ``keep``: hide it, lead its address there, move what hangs on it.

    ``choices`` names, for a field on which they differ, whose word is kept: ``keep``
    unless told. ``seen``: for each id, when the record that ``by`` saw was last saved.

    Raises:
        PermissionDenied: ``by`` may not publish both.
        MergeRefusedError: one of them is part of another record already.
        ChangedMeanwhileError: one of them was saved since ``seen``.
        CannotStandTogetherError: the database refuses rows of both side by side.
        ValidationError: what was chosen makes no valid record.
    """
    require_say(by, keep, lose, "make one record of these two")
    keep, lose = hold_both(keep.pk, lose.pk)
    _require_fit(keep, lose, seen or {})
    noted = {
        label: beside.note(keep.pk, lose.pk) for label, beside in registry.all_beside().items()
    }
    ledger = Ledger()
    _settle_pair(ledger, keep, lose, by)
    come, leave = checks_that_part(keep, lose, choices)
    taken = columns_to_take(keep, lose, choices)
    _require_valid(keep, taken)
    # Hidden first, so that what both had cannot be there twice.
    ledger.change([lose], visibility=Visibility.HIDDEN, merged_into=keep.pk)
    ledger.change([keep], **taken)
    ledger.change(come, asset=keep.pk)
    ledger.change(leave, asset=lose.pk)
    move_all(ledger, keep=keep, lose=lose)
    settle([keep.pk, lose.pk])
    beside = {
        label: each.settle(keep.pk, lose.pk, noted[label])
        for label, each in registry.all_beside().items()
    }
    record = {**ledger.as_json(), "beside": beside}
    return Merge.objects.create(keep=keep, lose=lose, by=by, record=record)


def require_say(by: Any, keep: Asset, lose: Asset, words: str) -> None:
    """Refuse whoever may not publish both records.

    Raises:
        PermissionDenied: with ``words`` in its sentence.
    """
    if not all(by.has_perm("assets.publish", asset) for asset in (keep, lose)):
        raise PermissionDenied(f"Your roles do not allow this: {words}.")


def hold_both(keep_pk: int, lose_pk: int) -> tuple[Asset, Asset]:
    """Hold two records until the transaction ends, always in the same order.

    Whoever is adding a row that points at either has ended, or waits.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtext(%s))", [_TURN])
    rows = Asset.objects.select_for_update(of=("self",)).order_by("pk")
    held = {asset.pk: asset for asset in rows.filter(pk__in=(keep_pk, lose_pk))}
    return held[keep_pk], held[lose_pk]


def settle(pks: list[int]) -> None:
    """Bring what follows from checks up to date, and note that the records were saved."""
    Asset.objects.filter(pk__in=pks).update(updated_at=timezone.now())
    renew(pks, today=timezone.localdate())


def _require_valid(keep: Asset, taken: dict[str, Any]) -> None:
    """Say in words what the database would refuse."""
    wanted = copy(keep)
    for name, value in taken.items():
        setattr(wanted, name, value)
    wanted.validate_constraints()


def _require_fit(keep: Asset, lose: Asset, seen: Mapping[int, dt.datetime]) -> None:
    if keep.pk == lose.pk:
        raise MergeRefusedError("This is one record already.")
    for asset in (keep, lose):
        if asset.merged_into_id is not None:
            raise MergeRefusedError(
                f"{asset} has become part of {asset.merged_into} meanwhile. "
                "Choose that one instead."
            )
        if asset.updated_at != seen.get(asset.pk, asset.updated_at):
            raise ChangedMeanwhileError("Somebody has changed one of them since you looked.")


def _settle_pair(ledger: Ledger, keep: Asset, lose: Asset, by: Any) -> None:
    low, high = sorted((keep.pk, lose.pk))
    pair = Pair.objects.filter(low=low, high=high).select_for_update().first()
    if pair is not None:
        said = {"decided_by": by.pk, "decided_at": timezone.now()}
        ledger.change([pair], state=PairState.MERGED, **said)
