"""Sending a mail of a kind, and whose address may be written to."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from assets.models import Asset
from fans.people.models import Person
from fans.people.post import receivers
from fans.people.post.addresses import bare, hash_of_address
from fans.people.post.errors import MayNotApproveError, NoAddressError, NotApprovedError
from fans.people.post.links import stop_link
from fans.people.post.models import OVER, Approval, Kind, Mail, State
from fans.people.post.queueing import PostMessage

__all__ = [
    "Outcome",
    "approve",
    "blank_kept",
    "delete_old",
    "forget_address",
    "send",
    "withdraw_approval",
]

SEE_STOPPED: Final = "people.see_stopped_mail"
_EITHER: Final = "Done. A mail goes out, unless they asked for none."


@dataclass(frozen=True)
class Outcome:
    """What became of a mail at once, and the words for whoever caused it."""

    state: State
    words: str


@transaction.atomic
def send(
    *,
    kind: str,
    to: str,
    subject: str,
    template: str,
    context: Mapping[str, Any],
    person: Person | None = None,
    by: Person | None = None,
    asset: Asset | None = None,
    also: Sequence[Asset] = (),
) -> Outcome:
    """Queue a mail of a kind, in the transaction that it belongs to.

    ``person`` is whose address it is, ``by`` who caused it, ``asset`` the place or group
    that a mail to a partner is about; ``also`` more of them that have the same address.

    Raises:
        NotApprovedError: the address was brought in, and no champion has approved it for
            one of these.
        NoAddressError: there is nobody to write to, or it is no address.
    """
    kind = Kind(kind)
    address = bare(to)
    about = [asset, *also]
    reasons = [receivers.why_not(kind, address, each) for each in about]
    reason = next(filter(None, reasons), "")
    if receivers.NOT_APPROVED in reasons:
        raise NotApprovedError(
            "Nobody has approved this address yet. A champion of the area can do so."
        )
    if reason:
        _write_stopped(kind, address, reason, person, by, asset)
        return _told(State.STOPPED, by, f"Not sent: {reason}.")
    message = PostMessage(
        subject=" ".join(subject.split()),
        body=_body(kind, address, about, render_to_string(template, dict(context))),
        to=[address],
        headers=_headers(kind, address),
        kind=kind,
        person=person,
        by=by,
        asset=asset,
    )
    message.send()
    return _told(State.QUEUED, by, "Done. The mail is on its way.")


def _told(state: State, by: Person | None, words: str) -> Outcome:
    """Say what became of it to those who may know who wants no mail."""
    knows = by is not None and by.has_perm(SEE_STOPPED)
    return Outcome(state, words if knows else _EITHER)


def _write_stopped(
    kind: Kind,
    address: str,
    reason: str,
    person: Person | None,
    by: Person | None,
    asset: Asset | None,
) -> None:
    Mail.objects.create(
        kind=kind,
        state=State.STOPPED,
        to=address,
        person=person,
        by=by,
        asset=asset,
        error=reason,
    )


def _headers(kind: Kind, address: str) -> dict[str, str]:
    """Return what lets mail programs stop a kind by a press of their own (RFC 8058)."""
    if kind == Kind.ACCOUNT:
        return {}
    link = stop_link(kind, hash_of_address(address))
    headers = {"List-Unsubscribe": f"<{link}>"}
    if link.startswith("https:"):
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _body(kind: Kind, address: str, about: Sequence[Asset | None], words: str) -> str:
    if kind == Kind.ACCOUNT:
        return words
    context = {
        "words": words.strip(),
        "kind": kind.value,
        "link": stop_link(kind, hash_of_address(address)),
        "first_about": [found for each in about if (found := _first_mail(each, address))],
        "site": settings.SITE_URL,
    }
    return render_to_string("post/mail/with_footer.txt", context)


def _first_mail(asset: Asset | None, address: str) -> Asset | None:
    """Return the asset where this is the first mail to an address of it, and note it."""
    approval = receivers.approval_of(asset, address)
    if approval is None or approval.first_mail_at is not None:
        return None
    approval.first_mail_at = timezone.now()
    approval.save(update_fields=["first_mail_at"])
    return asset


@transaction.atomic
def approve(*, asset: Asset, by: Person) -> Approval:
    """Let mail go to the address of an asset; approving it again changes nothing.

    Raises:
        MayNotApproveError: they may not publish this asset.
        NoAddressError: the asset has no address.
    """
    if not by.has_perm("assets.publish", asset):
        raise MayNotApproveError("You may not approve the address of this place or group.")
    if not asset.email:
        raise NoAddressError("This place or group has no e-mail address.")
    approval, _ = Approval.objects.get_or_create(
        asset=asset, address_hash=hash_of_address(asset.email), defaults={"by": by}
    )
    return approval


@transaction.atomic
def withdraw_approval(*, asset: Asset, by: Person) -> None:
    """Let no more mail go to the address of an asset, not even what waits.

    One that waits may be about other assets too: it goes nowhere either.

    Raises:
        MayNotApproveError: they may not publish this asset.
    """
    if not by.has_perm("assets.publish", asset):
        raise MayNotApproveError("You may not approve the address of this place or group.")
    Approval.objects.filter(asset=asset, address_hash=hash_of_address(asset.email)).delete()
    waiting = Mail.objects.filter(
        kind=Kind.PARTNER, state=State.QUEUED, to__iexact=asset.email or None
    )
    waiting.update(
        state=State.STOPPED,
        error=receivers.NOT_APPROVED,
        **dict.fromkeys(("subject", "body", "html"), ""),
        headers={},
    )


def forget_address(address: str, *, person: Person | None = None) -> int:
    """Delete all mail to an address, or to a person; return how many.

    What is known of the address as a hash stays: who wanted no mail gets none later.
    """
    theirs = Q(to__iexact=address) if address else Q(pk__in=[])
    if person is not None:
        theirs |= Q(person=person)
    return Mail.objects.filter(theirs).delete()[0]


def blank_kept(*, before: dt.datetime) -> int:
    """Take the words out of mail kept here that was written before; return how many."""
    kept = Mail.objects.filter(state=State.KEPT, written_at__lt=before)
    wordy = kept.exclude(subject="", body="", html="")
    return wordy.update(subject="", body="", html="", headers={})


def delete_old(*, before: dt.datetime) -> int:
    """Delete mail written before of which nothing more will be heard; return how many."""
    over = Mail.objects.filter(state__in=[*OVER, State.KEPT], written_at__lt=before)
    return over.delete()[0]
