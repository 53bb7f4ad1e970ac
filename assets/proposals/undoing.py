"""Taking back a decision about a suggestion: just what it did, and nothing done since."""

from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from assets import services as assets
from assets.checking.renewing import renew
from assets.closing import hide_asset, reopen_asset, unhide_as_draft
from assets.facts import FIELDS
from assets.models import Asset, FactCheck, OpenState, Visibility
from assets.proposals.errors import MergedSinceError, NothingToUndoError
from assets.proposals.models import Kind, Proposal, State
from assets.proposals.services import locked, require_may_decide, settle
from assets.proposals.values import from_json, same

_POINT: Final = ("location", "location_precision", "location_source")


@transaction.atomic
def undo(*, by: Any, proposal: Proposal) -> list[str]:
    """Take back an approval: every fact as it stood before, unless changed since.

    A new place is hidden again. Return the labels of what was left as it is, because
    somebody has changed it since.

    Raises:
        PermissionDenied: ``by`` may not decide about it.
        NothingToUndoError: it was not approved, or that was undone.
        MergedSinceError: its place has become one with another record.
    """
    proposal = locked(proposal)
    require_may_decide(by, proposal)
    if proposal.state != State.APPROVED:
        raise NothingToUndoError("There is nothing to undo any more.")
    asset = _same_asset(proposal)
    _take_back_checks(asset, proposal)
    if proposal.kind == Kind.NEW:
        left = _taken_off(by, asset)
    elif proposal.kind == Kind.GONE:
        left = _opened(by, asset)
    else:
        left = _restored(by, asset, proposal)
    settle(proposal, State.UNDONE, by=by)
    return left


@transaction.atomic
def reopen(*, by: Any, proposal: Proposal) -> Proposal:
    """Let a suggestion wait again that was refused, or whose approval was undone.

    Raises:
        PermissionDenied: ``by`` may not decide about it.
        NothingToUndoError: it waits, or stands.
        MergedSinceError: its place has become one with another record.
    """
    proposal = locked(proposal)
    require_may_decide(by, proposal)
    if proposal.state not in {State.REFUSED, State.UNDONE}:
        raise NothingToUndoError("There is nothing to undo any more.")
    if proposal.is_draft and proposal.asset is not None:
        if proposal.asset.merged_into_id is not None:
            raise MergedSinceError("This place has become one with another since.")
        if proposal.asset.visibility == Visibility.HIDDEN:
            unhide_as_draft(by=by, asset=proposal.asset)
    proposal.state, proposal.refused_words = State.WAITING, ""
    proposal.decided_by = proposal.decided_at = None
    proposal.done = {}
    proposal.full_clean()
    proposal.save()
    return proposal


def _same_asset(proposal: Proposal) -> Asset:
    asset = Asset.objects.select_for_update().filter(pk=proposal.done.get("asset")).first()
    if asset is None or asset.pk != proposal.asset_id or asset.merged_into_id is not None:
        raise MergedSinceError(
            "This place has become one with another since. Undo the merging first."
        )
    return asset


def _take_back_checks(asset: Asset, proposal: Proposal) -> None:
    """Delete the checks that the approval noted: they were of what it wrote."""
    FactCheck.objects.filter(asset=asset, pk__in=proposal.done.get("checks", [])).delete()
    if "confirmed" in proposal.done:
        was, then = proposal.done["confirmed"]
        mine = Asset.objects.filter(pk=asset.pk, email_confirmed=then)  # not one made since
        mine.update(email_confirmed=was)
    renew([asset.pk], today=timezone.localdate())


def _taken_off(by: Any, asset: Asset) -> list[str]:
    if asset.visibility == Visibility.PUBLISHED:
        hide_asset(by=by, asset=asset)
    return []


def _opened(by: Any, asset: Asset) -> list[str]:
    if asset.state == OpenState.CLOSED:
        reopen_asset(by=by, asset=asset)
    return []


def _restored(by: Any, asset: Asset, proposal: Proposal) -> list[str]:
    wrote, before = proposal.done["wrote"], proposal.done["before"]
    moved = [name for name in wrote if not _stands(asset, name, wrote[name])]
    if set(moved) & set(_POINT):  # a point and how it is known go together
        moved = [*moved, *(name for name in _POINT if name in wrote)]
    back = {name: from_json(name, before[name]) for name in before if name not in moved}
    if back:
        assets.edit_asset(by=by, asset=asset, seen_at=asset.updated_at, **back)
    return [FIELDS[name].label for name in FIELDS if name in moved]


def _stands(asset: Asset, column: str, wrote: Any) -> bool:
    return same(getattr(asset, column), from_json(column, wrote))
