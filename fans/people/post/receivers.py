"""Whether an address may be written to: what its owner said, and what came of it."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from assets.models import Asset
from fans.people import inviting
from fans.people.models import Person
from fans.people.post.addresses import hash_of_address
from fans.people.post.models import (
    EVERY_KIND,
    Approval,
    How,
    Kind,
    Returned,
    Stop,
    Why,
)

WANTS_NONE = "they asked for no such mails"
COMES_BACK = "mail to this address comes back"
NOT_APPROVED = "nobody has approved this address"


def why_not(kind: str, address: str, asset: Any = None) -> str:
    """Return why a mail of a kind may not go to an address; "" where it may.

    Mail about somebody's account always may: they ask for it, and cannot do without.
    """
    if kind == Kind.ACCOUNT:
        return ""
    known = hash_of_address(address)
    if Stop.objects.filter(address_hash=known, kind__in=[kind, EVERY_KIND]).exists():
        return WANTS_NONE
    if Returned.objects.filter(address_hash=known).exists():
        return COMES_BACK
    if needs_approval(kind, address) and approval_of(asset, address) is None:
        return NOT_APPROVED
    return ""


def needs_approval(kind: str, address: str) -> bool:
    """Say whether an address is one that nobody who has it gave us."""
    if Person.objects.filter(email=address.lower()).exists():
        return False
    return kind == Kind.PARTNER or Asset.objects.filter(email__iexact=address).exists()


def approval_of(asset: Asset | None, address: str) -> Approval | None:
    """Return a champion's word that an asset may be written to at an address."""
    if asset is None:
        return None
    given = Approval.objects.filter(asset=asset, address_hash=hash_of_address(address))
    return given.first()


def stopped_kinds(address_hash: str) -> set[str]:
    """Return the kinds that an address gets no more; ``all`` may be among them."""
    return set(Stop.objects.filter(address_hash=address_hash).values_list("kind", flat=True))


def stop(*, address_hash: str, kind: str, how: How) -> None:
    """Send an address no more of a kind, or of every kind that can be stopped."""
    Stop.objects.get_or_create(
        address_hash=address_hash, kind=kind, defaults={"how": how, "at": timezone.now()}
    )


def start_again(*, address_hash: str, kind: str) -> None:
    """Take a stop back, as whoever pressed it by mistake wants."""
    Stop.objects.filter(address_hash=address_hash, kind=kind).delete()


@transaction.atomic
def choose(*, person: Person, wanted: set[str]) -> None:
    """Let somebody get these kinds of mail and no others of those that can be stopped."""
    known = hash_of_address(person.email or "")
    held = Stop.objects.filter(address_hash=known)
    held.filter(kind__in=[*wanted, EVERY_KIND]).delete()
    for kind in set(Kind.values) - wanted - {Kind.ACCOUNT}:
        stop(address_hash=known, kind=kind, how=How.ACCOUNT)


def carry_over(sender: Any, old: str, new: str, **kwargs: Any) -> None:
    """Let what somebody stopped hold for their new address too."""
    for said in Stop.objects.filter(address_hash=hash_of_address(old)):
        stop(address_hash=hash_of_address(new), kind=said.kind, how=How(said.how))


def comes_back(address: str) -> Returned | None:
    """Return since when mail to an address comes back, if it does."""
    return Returned.objects.filter(address_hash=hash_of_address(address)).first()


@transaction.atomic
def note_bounce(address: str, at: dt.datetime | None = None) -> None:
    """Remember that an address takes no mail, and tell whoever invited somebody there."""
    _mark(address, Why.BOUNCED, at)
    inviting.note_returned(email=address)


@transaction.atomic
def note_complaint(address: str, at: dt.datetime | None = None) -> None:
    """Remember that somebody reported mail of ours as unwanted: they get no more of it."""
    _mark(address, Why.COMPLAINED, at)
    stop(address_hash=hash_of_address(address), kind=EVERY_KIND, how=How.COMPLAINT)


def forgive(address: str) -> None:
    """Write to an address again from which mail came back."""
    Returned.objects.filter(address_hash=hash_of_address(address)).delete()


def _mark(address: str, why: Why, at: dt.datetime | None) -> None:
    Returned.objects.update_or_create(
        address_hash=hash_of_address(address),
        defaults={"why": why, "at": at or timezone.now()},
    )
