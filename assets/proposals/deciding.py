"""Deciding about a suggestion: taking it, in part or changed, or saying why not."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any, Final

from django.db import transaction

from assets import services as assets
from assets.checking.services import check_facts
from assets.closing import close_asset, hide_asset
from assets.facts import FIELDS
from assets.models import Asset, CheckMethod, Fact, Visibility
from assets.proposals import mailing
from assets.proposals.errors import (
    DecidedMeanwhileError,
    NothingChosenError,
    NotPutOnMapError,
)
from assets.proposals.models import Kind, Proposal, State
from assets.proposals.services import locked, require_may_decide, require_waiting, settle
from assets.proposals.values import LOCATION, proposed, stands

_WITH_POINT: Final = ("location_precision", "location_source")


@transaction.atomic
def approve(
    *,
    by: Any,
    proposal: Proposal,
    values: Mapping[str, Any] | None = None,
    seen_at: dt.datetime | None = None,
    checked: Collection[Fact] = (),
    how: CheckMethod | None = None,
) -> Proposal:
    """Take a suggestion: what it says is on the map from now on.

    ``values`` are the facts to take, perhaps put right; all as proposed unless told.
    ``seen_at`` is how the asset stood for whoever decided. No check date is renewed but
    of the facts that they say they ``checked``, and ``how``.

    Raises:
        PermissionDenied: ``by`` may not decide about it.
        DecidedMeanwhileError: somebody else has decided.
        NothingChosenError: a correction of which nothing is taken.
        NotPutOnMapError: a new place that may not be public, or not by ``by``.
        ChangedMeanwhileError, PlaceNotWantedError, ValidationError: as when correcting.
    """
    proposal = locked(proposal)
    require_may_decide(by, proposal)
    require_waiting(proposal)
    address = mailing.address_of(proposal)
    facts = dict(proposed(proposal) if values is None else values)
    before: dict[str, Any] = {}
    if proposal.kind == Kind.NEW:
        asset = _put_on_map(by, proposal, facts)
    elif proposal.kind == Kind.CHANGE:
        asset, before = _corrected(by, proposal, facts, seen_at)
    else:
        asset = _gone(by, proposal)
    proposal.asset = asset
    proposal.done = {
        "asset": asset.pk,
        "wrote": stands(asset, before),
        "before": before,
        **_checked(by, asset, checked, how),
    }
    settle(proposal, State.APPROVED, by=by)
    mailing.tell_outcome(proposal, to=address)
    return proposal


@transaction.atomic
def refuse(*, by: Any, proposal: Proposal, words: str) -> Proposal:
    """Say why a suggestion is not taken; a draft is hidden.

    Raises:
        PermissionDenied: ``by`` may not decide about it.
        DecidedMeanwhileError: somebody else has decided.
        ValidationError: without words.
    """
    proposal = locked(proposal)
    require_may_decide(by, proposal)
    require_waiting(proposal)
    address = mailing.address_of(proposal)
    proposal.refused_words = words.strip()
    settle(proposal, State.REFUSED, by=by)
    if proposal.is_draft and proposal.asset is not None:
        _require_draft(proposal.asset)
        hide_asset(by=by, asset=proposal.asset)
    mailing.tell_outcome(proposal, to=address)
    return proposal


def _checked(
    by: Any, asset: Asset, facts: Collection[Fact], how: CheckMethod | None
) -> dict[str, Any]:
    """Note what ``by`` checked; return what is new of it, for undoing."""
    if not facts:
        return {"checks": []}
    known = set(asset.fact_checks.values_list("pk", flat=True))
    was = asset.email_confirmed
    made = check_facts(by=by, asset=asset, facts=facts, how=how or CheckMethod.WEB)
    asset.refresh_from_db(fields=["email_confirmed"])
    return {
        "checks": [check.pk for check in made if check.pk not in known],
        "confirmed": [was, asset.email_confirmed],
    }


def _put_on_map(by: Any, proposal: Proposal, facts: dict[str, Any]) -> Asset:
    asset = proposal.asset
    if asset is None:
        asset = assets.add_asset(by=by, **facts)
    else:
        _require_draft(asset)
        asset = assets.publish_asset(by=by, asset=asset)
    if asset.visibility != Visibility.PUBLISHED:
        raise NotPutOnMapError(
            "You cannot put this on the map: it lies outside your area, or is a person’s."
        )
    return asset


def _require_draft(asset: Asset) -> None:
    if asset.visibility != Visibility.DRAFT:
        words = (
            "Somebody else has decided about this place already. Nothing was changed by you."
        )
        raise DecidedMeanwhileError(words)


def _corrected(
    by: Any, proposal: Proposal, facts: dict[str, Any], seen_at: dt.datetime | None
) -> tuple[Asset, dict[str, Any]]:
    """Write the facts chosen; return the asset, and what stood there before."""
    if not any(name in FIELDS for name in facts):
        raise NothingChosenError("Choose at least one thing to take, or say why not.")
    if proposal.asset is None:  # the table does not allow it
        raise NothingChosenError("This is about no place.")
    asset = Asset.objects.select_for_update().get(pk=proposal.asset.pk)
    columns = [*facts, *(_WITH_POINT if LOCATION in facts else ())]
    before = stands(asset, columns)
    asset = assets.edit_asset(by=by, asset=asset, seen_at=seen_at or asset.updated_at, **facts)
    return asset, before


def _gone(by: Any, proposal: Proposal) -> Asset:
    asset = proposal.asset
    if asset is None:  # the table does not allow it
        raise NothingChosenError("This is about no place.")
    return close_asset(by=by, asset=asset)
