"""Inviting by mail: a link to answer, without an account, for the partner's side alone."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils import timezone

from fans.connections.models import PartnerKind, Partnership
from fans.connections.services.locks import hold_log
from fans.connections.services.partners import CONFIRMS, Side, note_yes, refuse_if_over
from fans.connections.ties.errors import AskedLatelyError, NoAddressToAskError
from fans.connections.ties.models import Answer, Approach, Channel, Purpose, TieLink
from fans.connections.ties.services.asking import note_asked
from fans.connections.ties.services.held import held_for
from fans.people.models import Person, hash_of
from fans.people.partners.tokens import link_to, new_token
from fans.people.post import receivers
from fans.people.post.addresses import bare, hash_of_address
from fans.people.post.errors import NoAddressError, NotApprovedError
from fans.people.post.models import Kind
from fans.people.post.services import Outcome, send

A_WEEK: Final = dt.timedelta(weeks=1)

MOST_TO_ONE: Final = 2
"""Mails to one address in a week, whatever came of them: taking back unsends none."""

A_DAY: Final = dt.timedelta(days=1)

MOST_A_DAY: Final = 30
"""Of one home: more than a team writes by hand, and few for a machine at a stolen account."""


@dataclass(frozen=True)
class Invited:
    """The approach that an invitation is, and what became of its mail."""

    approach: Approach
    outcome: Outcome


@transaction.atomic
def invite_by_mail(
    *,
    partnership: Partnership,
    by: Person,
    words: str,
    to: str = "",
    follow_up_on: dt.date | None = None,
) -> Invited:
    """Invite a partner by mail: a place at its approved address, a group at ``to``.

    Whoever may say yes for the home says it by inviting. The address is kept nowhere but
    in the queue of mail; here only its hash, so that nobody is asked twice in a week.

    Raises:
        PermissionDenied: ``by`` may not change this tie.
        PartnershipOverError: the tie is over.
        NoAddressToAskError: there is no address that may be written to.
        AskedLatelyError: an invitation went there within a week, or too many went today.
        ValidationError: the words are too long.
    """
    hold_log(partnership.home)  # of two at once the second counts the first
    tie = held_for(partnership, by)
    refuse_if_over(tie)
    address = address_of(tie, to)
    address_hash = hash_of_address(address)
    _refuse_if_asked_lately(address_hash)
    _refuse_if_many_today(tie)
    asked = note_asked(
        tie,
        by=by,
        channel=Channel.MAIL,
        words=words.strip(),
        address_hash=address_hash,
        follow_up_on=follow_up_on,
    )
    if by.has_perm(CONFIRMS[Side.HOME], tie):
        note_yes(tie, side=Side.HOME, by=by)
    return Invited(asked, _mailed(tie, asked, address, by))


def address_of(tie: Partnership, to: str = "") -> str:
    """Return the address that an invitation to a partner goes to.

    Raises:
        NoAddressToAskError: there is none, nobody approved it, or it is a private person's.
    """
    partner = tie.partner
    if partner.kind == PartnerKind.GROUP:
        return _typed(to)
    asset = partner.asset
    if asset is None:
        raise NoAddressToAskError(
            "We mail places and groups, never private people. Ask them yourself.",
            field="channel",
        )
    if not asset.email:
        raise NoAddressToAskError(
            f"No e-mail address of {asset.name} is known. Ask another way.", field="channel"
        )
    if receivers.approval_of(asset, asset.email) is None:
        raise NoAddressToAskError(
            f"Nobody has approved the e-mail address of {asset.name} yet. Ask your champion "
            "to approve the address, or ask another way.",
            field="channel",
        )
    return asset.email


def _typed(to: str) -> str:
    if not to.strip():
        raise NoAddressToAskError("Put the group’s e-mail address.", field="to")
    try:
        return bare(to)
    except NoAddressError as error:
        raise NoAddressToAskError(
            "This is not an e-mail address. Put one such as choir@example.org.", field="to"
        ) from error


def _refuse_if_asked_lately(address_hash: str) -> None:
    sent = Approach.objects.filter(
        address_hash=address_hash, created_at__gt=timezone.now() - A_WEEK
    )
    lately = sent.standing().filter(answer__in=[Answer.WAITING, Answer.NONE])
    if sent.count() >= MOST_TO_ONE:
        raise AskedLatelyError(
            f"{MOST_TO_ONE} invitations went to this address in the last seven days. Give "
            "them a little time, or ask another way.",
            field="channel",
        )
    if lately.exists():
        raise AskedLatelyError(
            "An invitation went to this address in the last seven days, and nobody has "
            "answered yet. Give them a little time.",
            field="channel",
        )


def _refuse_if_many_today(tie: Partnership) -> None:
    mailed = Approach.objects.filter(
        partnership__home=tie.home_id,
        channel=Channel.MAIL,
        created_at__gt=timezone.now() - A_DAY,
    )
    if mailed.count() >= MOST_A_DAY:
        raise AskedLatelyError(
            f"{MOST_A_DAY} invitations left this home within a day. Go on tomorrow, or ask "
            "another way.",
            field="channel",
        )


def _mailed(tie: Partnership, asked: Approach, address: str, by: Person) -> Outcome:
    asset = tie.partner.asset
    token = new_link(asked, Purpose.ANSWER)
    context = {
        "home": tie.home,
        "partner": tie.partner,
        "purpose": tie.purpose,
        "words": asked.words,
        "link": link_to("ties:open_invitation", token),
        "good_until": timezone.localdate(asked.links.latest("pk").expires_at),
    }
    try:
        return send(
            kind=_kind(tie, address),
            to=address,
            subject=f"{tie.home} would like to get to know you",
            template="ties/mail/invitation.txt",
            context=context,
            by=by,
            asset=asset,
        )
    except NotApprovedError as error:
        raise NoAddressToAskError(
            "This is the address of a place on the map, and nobody has approved it. Ask your "
            "champion to approve the address.",
            field="to" if asset is None else "channel",
        ) from error


def _kind(tie: Partnership, address: str) -> Kind:
    """Choose what the mail can be stopped as; a group is no place that could be approved.

    What somebody stopped as a place's mail stays stopped.
    """
    if tie.partner.asset is not None:
        return Kind.PARTNER
    stopped = receivers.stopped_kinds(hash_of_address(address))
    return Kind.PARTNER if Kind.PARTNER in stopped else Kind.PROGRAMME


def new_link(asked: Approach, purpose: Purpose) -> str:
    """Make a link for one purpose; return its token, of which only the hash is kept."""
    token = new_token()
    link = TieLink(approach=asked, purpose=purpose, token_hash=hash_of(token))
    link.full_clean()
    link.save()
    return token
