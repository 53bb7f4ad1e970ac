"""Claims: a place that wants to keep its own entry right, and the proof that it is the place.

Proof is the link mailed to the address that the place itself is known by, which a champion
has approved; or a champion's word. Never an address that somebody typed into the claim.
"""

import datetime as dt
from typing import Final

from django.db import transaction
from django.utils import timezone

from assets.models import Asset
from assets.standing import standing
from fans.people import inviting
from fans.people.giving import may_give
from fans.people.models import Invitation, Person, Role, hash_of
from fans.people.partners.errors import (
    AlreadyDecidedError,
    LinkIsOverError,
    MayNotDecideError,
    NotPublicError,
    NoWayToInviteError,
)
from fans.people.partners.models import Claim, ClaimState, How
from fans.people.partners.models.claim import MAIL_GOOD_FOR
from fans.people.partners.tokens import link_to, new_token
from fans.people.post import receivers
from fans.people.post.addresses import hash_of_address
from fans.people.post.models import Approval, Kind
from fans.people.post.services import send

KEEPS_FOR: Final = dt.timedelta(days=365)
"""How long a partner keeps an entry before somebody has to say that it goes on."""
MAILS_APART: Final = dt.timedelta(weeks=1)
"""However many claim a place: its address gets one mail of them in a week."""


@transaction.atomic
def claim(*, asset: Asset, name: str, role: str, email: str = "") -> tuple[Claim, str]:
    """Note that somebody says a place is theirs; mail the place's own address if one may.

    The same claim again, while it waits, is the same one. Returns the claim and the token
    of the page that tells what became of it.

    Raises:
        NotPublicError: the place is not on the map.
        ValidationError: a value breaks a rule.
    """
    asset = Asset.objects.select_for_update().get(pk=standing(asset).pk)
    if not Asset.objects.published().filter(pk=asset.pk).exists():
        raise NotPublicError("This place is not on the map.")
    said = {"name": name.strip(), "role": role.strip(), "email": email.strip().lower()}
    own = new_token()
    row = Claim.objects.waiting().filter(asset=asset, **said).first()
    if row is None:
        row = Claim(asset=asset, **said)
    row.own_hash = hash_of(own)
    row.full_clean()
    row.save()
    if may_be_mailed(asset) and not _mailed_lately(asset):
        _mail(row)
    return row, own


def may_be_mailed(asset: Asset) -> bool:
    """Say whether the link may go to the place's own address, and lead somewhere."""
    return (
        bool(asset.email)
        and _inviter(asset) is not None
        and not receivers.why_not(Kind.PARTNER, asset.email, asset)
    )


def find(*, token: str) -> Claim | None:
    """Return the claim that a mailed link is about; None where it opens nothing (any more)."""
    if not token:
        return None
    found = Claim.objects.with_open_mail().filter(token_hash=hash_of(token))
    row = found.select_related("asset").first()
    if row is None or not Asset.objects.published().filter(pk=row.asset_id).exists():
        return None
    if hash_of_address(row.asset.email) != row.address_hash:
        return None  # whoever has the mail is not known to be the place any more
    return row if _inviter(row.asset) is not None else None


def own(*, token: str) -> Claim | None:
    """Return the claim whose own page a token opens."""
    found = Claim.objects.filter(own_hash=hash_of(token)) if token else Claim.objects.none()
    return found.select_related("asset").first()


@transaction.atomic
def say_yes(*, token: str) -> str:
    """Take the place's own yes; return the token of an invitation to its address.

    The invitation is not mailed once more: whoever pressed has just read mail there.

    Raises:
        LinkIsOverError: used, too old, unknown, or nobody may invite there any more.
    """
    row = _by_mail(token)
    inviter = _inviter(row.asset)
    if inviter is None:
        raise LinkIsOverError("This link does not work any more.")
    invitation, opens = inviting.invite_unmailed(
        email=row.asset.email,
        role=Role.PARTNER,
        scope=row.asset,
        until=timezone.localdate() + KEEPS_FOR,
        by=inviter,
    )
    _approve(row, How.MAIL, None, invitation)
    return opens


@transaction.atomic
def say_no(*, token: str) -> Claim:
    """Take the place's own no: nobody there asked.

    Raises:
        LinkIsOverError: used, too old or unknown.
    """
    row = _by_mail(token)
    row.state, row.decided_at, row.token_hash = ClaimState.DENIED, timezone.now(), None
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def vouch(*, claim: Claim, by: Person, email: str) -> Claim:
    """Let a claim stand by a champion's word: invite whom they know, at that address.

    Raises:
        MayNotDecideError: the place is not theirs to give away.
        AlreadyDecidedError: somebody was first.
        TooManyInvitationsError, ValidationError: as when inviting anybody.
    """
    row = _to_decide(claim, by)
    if not email.strip():
        raise NoWayToInviteError("Put the e-mail address of the person whom you know.")
    invitation = inviting.invite(
        email=email,
        role=Role.PARTNER,
        scope=row.asset,
        until=timezone.localdate() + KEEPS_FOR,
        by=by,
    )
    _approve(row, How.WORD, by, invitation)
    return row


@transaction.atomic
def refuse(*, claim: Claim, by: Person, words: str) -> Claim:
    """Refuse a claim with words, which whoever asked can read.

    Raises:
        MayNotDecideError: the place is not theirs to give away.
        AlreadyDecidedError: somebody was first.
        ValidationError: no words.
    """
    row = _to_decide(claim, by)
    row.state, row.words = ClaimState.REFUSED, words.strip()
    row.decided_at, row.decided_by, row.token_hash = timezone.now(), by, None
    row.full_clean()
    row.save()
    return row


def _inviter(asset: Asset) -> Person | None:
    """Return who approved the address, where they may still give the role."""
    approvals = Approval.objects.filter(
        asset=asset, address_hash=hash_of_address(asset.email), by__isnull=False
    )
    approval = approvals.select_related("by").first()
    by = approval.by if approval else None
    return by if by is not None and may_give(by, Role.PARTNER, asset) else None


def _mailed_lately(asset: Asset) -> bool:
    since = timezone.now() - MAILS_APART
    known = hash_of_address(asset.email)
    return Claim.objects.filter(address_hash=known, mailed_at__gt=since).exists()


def _mail(row: Claim) -> None:
    """Mail the place; an earlier link of any claim on it opens nothing now."""
    Claim.objects.filter(asset=row.asset).update(token_hash=None)
    token = new_token()
    row.token_hash, row.address_hash = hash_of(token), hash_of_address(row.asset.email)
    row.mailed_at = timezone.now()
    row.expires_at = row.mailed_at + MAIL_GOOD_FOR
    row.full_clean()
    row.save()
    send(
        kind=Kind.PARTNER,
        to=row.asset.email,
        subject=f"Somebody would like to look after the entry of {row.asset.name}",
        template="partners/mail/claim.txt",
        context={
            "claim": row,
            "link": link_to("partners:open_claim", token),
            "good_until": timezone.localdate(row.expires_at),
        },
        asset=row.asset,
    )


def _by_mail(token: str) -> Claim:
    """Return the claim of a mailed link, held: of two clicks one comes first."""
    found = find(token=token)
    if found is not None:
        Claim.objects.select_for_update().get(pk=found.pk)
        found = find(token=token)
    if found is None:
        raise LinkIsOverError("This link does not work any more.")
    return found


def _to_decide(claim: Claim, by: Person) -> Claim:
    row = Claim.objects.select_for_update(of=("self",)).select_related("asset").get(pk=claim.pk)
    if not by.has_perm("assets.publish", row) or not may_give(by, Role.PARTNER, row.asset):
        raise MayNotDecideError("You may not decide about this place.")
    if row.state != ClaimState.WAITING:
        raise AlreadyDecidedError("Somebody has decided about this already.")
    return row


def _approve(row: Claim, how: How, by: Person | None, invitation: Invitation) -> None:
    row.state, row.how, row.invitation = ClaimState.APPROVED, how, invitation
    row.decided_at, row.decided_by, row.token_hash = timezone.now(), by, None
    row.full_clean()
    row.save()
