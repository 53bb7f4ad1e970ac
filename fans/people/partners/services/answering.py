"""What a place answers by the links in its mail: right, changes, gone; each once."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from assets import services as assets
from assets.facts import columns_of
from assets.models import Asset, Fact, OpenState, Visibility
from assets.proposals import services as proposals
from assets.proposals.models import State
from fans.people.models import Membership, Person, Role, hash_of
from fans.people.partners.errors import AllChangedError, LinkIsOverError
from fans.people.partners.models import Answer, Link, Purpose, Question
from fans.people.partners.services.asking import new_link
from fans.people.partners.shown import unchanged
from fans.people.post.addresses import hash_of_address

OPEN: Final = (Answer.WAITING, Answer.UNANSWERED)
"""A late answer is as good as a timely one, for as long as its link works."""


@dataclass(frozen=True)
class Confirmed:
    """Which facts were confirmed, and which were not since they changed after the mail."""

    facts: list[Fact]
    changed: list[Fact]


@dataclass(frozen=True)
class Sent:
    """What became of changes: saved at once, or waiting for a champion; what else is right."""

    asset: Asset
    is_saved: bool
    confirmed: list[Fact]


def find(*, token: str, purpose: str) -> Link | None:
    """Return the link that a token opens for a purpose; None where it opens nothing (more).

    Nothing is written: whatever follows links in mails comes this far.
    """
    if not token:
        return None
    found = Link.objects.good().filter(token_hash=hash_of(token), purpose=purpose)
    link = found.select_related("question__asset", "question__proposal").first()
    return link if link is not None and _is_open(link) else None


def keeper_of(asset: Asset) -> Person | None:
    """Return who keeps a place right from the very address that it is known by."""
    held = Membership.objects.on(timezone.localdate()).filter(
        role=Role.PARTNER, asset=asset, person__is_active=True
    )
    found = held.filter(person__email__iexact=asset.email or None).select_related("person")
    membership = found.first()
    return membership.person if membership else None


@transaction.atomic
def say_right(*, token: str) -> Confirmed:
    """Confirm what the mail showed, as far as it still stands so.

    Raises:
        LinkIsOverError: used, too old, for something else, or unknown.
        AllChangedError: nothing stands as the mail showed it; the link can still be used.
    """
    link = _held(token, Purpose.RIGHT)
    asset = link.question.asset
    same, changed = unchanged(asset, link.shown)
    if not same:
        raise AllChangedError("All of this has changed since our mail. Please look at it anew.")
    assets.partner_confirmed(asset=asset, facts=same, checked_on=timezone.localdate())
    _answered(link, Answer.RIGHT)
    return Confirmed(same, changed)


@transaction.atomic
def send_changes(
    *, token: str, seen_at: dt.datetime, values: dict[str, Any], note: str, rest_is_right: bool
) -> Sent:
    """Take changes: saved where the place keeps itself right, else proposed to a champion.

    Raises:
        LinkIsOverError: used, too old, for something else, or unknown.
        ChangedMeanwhileError, AssetError, ValidationError: as when correcting an asset.
    """
    link = _held(token, Purpose.EDIT)
    asset = link.question.asset
    same, _ = unchanged(asset, link.shown)
    keeper = keeper_of(asset)
    if keeper is not None and values:
        asset = assets.edit_asset(by=keeper, asset=asset, seen_at=seen_at, **values)
        same, _ = unchanged(asset, link.shown)
        values = {}
    same = [fact for fact in same if not _touches(asset, fact, values)]
    proposal = None
    if values or note or not (rest_is_right or keeper):
        proposal = proposals.propose(kind="change", asset=asset, values=values, note=note)
    confirmed = same if rest_is_right else []
    if confirmed:
        assets.partner_confirmed(asset=asset, facts=confirmed, checked_on=timezone.localdate())
    _answered(link, Answer.EDITED, proposal)
    return Sent(asset, keeper is not None, confirmed)


@transaction.atomic
def say_gone(*, token: str, note: str = "") -> str:
    """Ask a champion whether the place is gone; return a token that takes it back.

    Nothing is hidden by it.

    Raises:
        LinkIsOverError: used, too old, for something else, or unknown.
    """
    link = _held(token, Purpose.GONE)
    question = link.question
    proposal = proposals.propose(kind="gone", asset=question.asset, note=note)
    _answered(link, Answer.GONE, proposal)
    return new_link(question, Purpose.UNDO, {})


@transaction.atomic
def take_back_gone(*, token: str) -> Asset:
    """Take back that a place is gone, as long as no champion has decided.

    Raises:
        LinkIsOverError: used, too old, for something else, unknown, or a champion decided.
    """
    link = _held(token, Purpose.UNDO)
    question = link.question
    if question.proposal is None:
        raise LinkIsOverError("A champion has looked at it already.")
    proposals.withdraw(proposal=question.proposal)
    others = Question.objects.waiting().filter(asset=question.asset).exists()
    question.answer = Answer.SETTLED if others else Answer.WAITING
    question.ended_at = question.ended_at if others else None
    question.proposal = None
    question.full_clean()
    question.save()
    _use(link)
    return question.asset


def _held(token: str, purpose: Purpose) -> Link:
    """Return a link that opens, its question and place held: of two clicks one comes first."""
    found = find(token=token, purpose=purpose)
    if found is not None:
        Asset.objects.select_for_update().get(pk=found.question.asset_id)
        Question.objects.select_for_update().get(pk=found.question_id)
        found = find(token=token, purpose=purpose)
    if found is None:
        raise LinkIsOverError("This link does not work any more.")
    return found


def _is_open(link: Link) -> bool:
    """Say whether the question that a link answers can still be answered so."""
    question, asset = link.question, link.question.asset
    if asset.visibility != Visibility.PUBLISHED or asset.state != OpenState.OPEN:
        return False
    if hash_of_address(asset.email) != question.address_hash:
        return False  # whoever has the mail is not known to be the place any more
    if link.purpose == Purpose.UNDO:
        sent = question.proposal
        is_waiting = sent is not None and sent.state == State.WAITING
        return question.answer == Answer.GONE and is_waiting
    return question.answer in OPEN


def _answered(link: Link, answer: Answer, proposal: Any = None) -> None:
    question = link.question
    question.answer, question.ended_at = answer, timezone.now()
    question.proposal = proposal
    question.full_clean()
    question.save()
    _use(link)


def _use(link: Link) -> None:
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])


def _touches(asset: Asset, fact: Fact, values: dict[str, Any]) -> bool:
    columns = (column for column in columns_of(fact) if column in values)
    return any(getattr(asset, column) != values[column] for column in columns)
