"""What the partner's side answers itself: by the link in an invitation, or signed in."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from assets.models import OpenState, Visibility
from fans.connections.models import Partnership
from fans.connections.services.partners import CONFIRMS, Side, hold_tie, note_yes
from fans.connections.ties.errors import LinkIsOverError, SinceThenError, TiesError
from fans.connections.ties.models import Answer, Approach, How, Purpose, TieLink
from fans.connections.ties.services.asking import answered_with, note_answer
from fans.connections.ties.services.changing import note_named
from fans.connections.ties.services.inviting import new_link
from fans.connections.ties.services.undoing import take_back
from fans.people.models import Person, hash_of
from fans.people.post import receivers
from fans.people.post.addresses import hash_of_address
from homes.models import Home

THEIRS: Final = (Answer.YES, Answer.TALK, Answer.LATER, Answer.NO)
"""What a partner may answer; that no answer came, only others can say."""

LATER: Final = dt.timedelta(weeks=8)
"""When to ask again somebody who says "ask again later"."""


@dataclass(frozen=True)
class Word:
    """An answer of the partner's side."""

    answer: str
    reason: str = ""
    words: str = ""
    named_ok: bool = False  # with a yes: the tie may be named in public


def find(*, token: str, purpose: str) -> TieLink | None:
    """Return the link that a token opens for a purpose; None where it opens nothing (more).

    Nothing is written: whatever follows links in mails comes this far.
    """
    if not token:
        return None
    found = TieLink.objects.good().filter(token_hash=hash_of(token), purpose=purpose)
    link = found.select_related(
        "approach__partnership__home", "approach__partnership__partner__asset"
    ).first()
    return link if link is not None and _is_open(link) else None


@transaction.atomic
def answer_by_link(*, token: str, word: Word) -> str:
    """Take an answer to an invitation; return a token that takes it back.

    Raises:
        LinkIsOverError: used, too old, for something else, unknown, or no longer asked.
        TiesError: no such answer, or a no without a reason.
    """
    link, tie = _held(token, Purpose.ANSWER)
    _say(tie, link.approach, word, by=None, how=How.LINK)
    _use(link)
    return new_link(link.approach, Purpose.UNDO)


@transaction.atomic
def take_back_by_link(*, token: str) -> Approach:
    """Take back what was answered by a link; the same invitation waits for an answer again.

    Raises:
        LinkIsOverError: used, unknown, or the tie has gone on since.
    """
    link, tie = _held(token, Purpose.UNDO)
    asked = link.approach
    steps = asked.events.filter(how=How.LINK, undone_at__isnull=True).select_related("approach")
    try:
        for step in steps.order_by("-pk"):
            step.approach = asked
            take_back(tie, step, by=None)
    except SinceThenError as error:
        raise LinkIsOverError("The tie has gone on since.") from error
    _use(link)
    asked.links.filter(purpose=Purpose.ANSWER).update(used_at=None)
    return asked


@transaction.atomic
def answer_signed_in(*, partnership: Partnership, by: Person, word: Word) -> Partnership:
    """Take the answer of somebody who keeps the partner's place right.

    Raises:
        PermissionDenied: ``by`` does not speak for the partner.
        PartnershipOverError: the tie is over.
        TiesError: no such answer, a no without a reason, or nobody has asked.
    """
    if not by.has_perm(CONFIRMS[Side.PARTNER], partnership):
        raise PermissionDenied("Your roles do not let you speak for the partner.")
    tie = hold_tie(partnership)
    asked = tie.approaches.standing().order_by("-pk").first()
    if asked is None:
        raise TiesError("Nobody has asked yet.", field="answer")
    _say(tie, asked, word, by=by, how=How.PARTNER)
    return tie


def _say(tie: Partnership, asked: Approach, word: Word, *, by: Person | None, how: How) -> None:
    if word.answer not in THEIRS:
        raise TiesError("Choose your answer.", field="answer")
    later = timezone.localdate() + LATER if word.answer == Answer.LATER else None
    if word.answer == Answer.YES:
        _say_yes(tie, asked, word, by=by, how=how)
        return
    note_answer(
        tie,
        asked,
        by=by,
        answer=word.answer,
        reason=word.reason,
        words=word.words,
        follow_up_on=later,
        how=how,
    )


def _say_yes(
    tie: Partnership, asked: Approach, word: Word, *, by: Person | None, how: How
) -> None:
    said = answered_with(asked, answer=Answer.YES, words=word.words, follow_up_on=None)
    if not note_yes(tie, side=Side.PARTNER, by=by, how=how, approach=asked, **said):
        note_answer(tie, asked, by=by, answer=Answer.YES, words=word.words, how=how)
    if word.named_ok:
        note_named(tie, side=Side.PARTNER, ok=True, by=by, how=how, approach=asked)


def _held(token: str, purpose: Purpose) -> tuple[TieLink, Partnership]:
    """Return a link that opens, and its tie held: of two clicks one comes first."""
    found = find(token=token, purpose=purpose)
    if found is not None:
        tie = hold_tie(found.approach.partnership)
        found = find(token=token, purpose=purpose)
    if found is None:
        raise LinkIsOverError("This link does not work any more.")
    return found, tie


def _is_open(link: TieLink) -> bool:
    """Say whether an invitation can still be answered so, and by whoever has its mail."""
    asked = link.approach
    tie = asked.partnership
    if asked.undone_at is not None or not _is_still_theirs(asked, tie):
        return False
    if Home.objects.closed().filter(pk=tie.home_id).exists():  # nobody is there to ask
        return False
    if link.purpose == Purpose.UNDO:
        return asked.answer != Answer.WAITING
    return not tie.is_over


def _is_still_theirs(asked: Approach, tie: Partnership) -> bool:
    """Say whether the address that the mail went to is still the place's own, and wanted."""
    asset = tie.partner.asset
    if asset is None:
        return True
    public = asset.visibility == Visibility.PUBLISHED and asset.state == OpenState.OPEN
    return (
        public
        and hash_of_address(asset.email) == asked.address_hash
        and receivers.approval_of(asset, asset.email) is not None
    )


def _use(link: TieLink) -> None:
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
