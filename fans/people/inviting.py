"""Inviting people to a role by mail: offered, sent again, taken back, accepted."""

import datetime as dt
import secrets
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from fans.people import services
from fans.people.errors import (
    AccountExistsError,
    InvitationIsOverError,
    MayNotGiveError,
    TooManyInvitationsError,
    WrongAccountError,
)
from fans.people.giving import may_give, may_give_row
from fans.people.models import (
    GOOD_FOR,
    MOST_SENT,
    Invitation,
    Membership,
    Person,
    Role,
    display_name,
    hash_of,
    scope_key,
)

A_DAY: Final = dt.timedelta(days=1)
MOST_A_DAY: Final = 50
"""How many invitations one person sends in 24 hours."""


@transaction.atomic
def invite(
    *, email: str, role: str, scope: Any = None, until: Any = None, by: Person
) -> Invitation:
    """Offer a role by mail; an earlier offer of the same role to the same address ends.

    Raises:
        MayNotGiveError: the role is not theirs to give there.
        TooManyInvitationsError: they sent 50 within a day.
        ValidationError: the address, the scope or the last day is wrong.
    """
    invitation, token = _offer(email=email, role=role, scope=scope, until=until, by=by)
    _mail(invitation, token)
    return invitation


@transaction.atomic
def invite_unmailed(
    *, email: str, role: str, scope: Any = None, until: Any = None, by: Person
) -> tuple[Invitation, str]:
    """Offer a role to somebody who has just shown that they read mail at an address.

    Return the invitation with the token that opens it, for their browser alone.

    Raises:
        MayNotGiveError, TooManyInvitationsError, ValidationError: as when inviting.
    """
    return _offer(email=email, role=role, scope=scope, until=until, by=by)


def _offer(
    *, email: str, role: str, scope: Any, until: Any, by: Person
) -> tuple[Invitation, str]:
    if role not in Role.values or not may_give(by, role, scope):
        raise MayNotGiveError("You may not give this role there.")
    now = timezone.now()
    # One inviter at a time, or two windows would send more than a day's worth.
    Person.objects.select_for_update().get(pk=by.pk)
    sent = Invitation.objects.filter(invited_by=by, created_at__gt=now - A_DAY)
    if sent.count() >= MOST_A_DAY:
        raise TooManyInvitationsError(
            f"You have sent {MOST_A_DAY} invitations since yesterday. Please go on tomorrow."
        )
    if until is not None and until < timezone.localdate():
        raise ValidationError({"until": "This day is over."})
    key = scope_key(role)
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        email=email.strip().lower(),
        role=role,
        until=until,
        token_hash=hash_of(token),
        invited_by=by,
        **({key: scope} if key else {}),
    )
    same = Invitation.objects.waiting().filter(
        email=invitation.email, role=role, **invitation.keys()
    )
    same.update(revoked_at=now)
    invitation.full_clean()
    invitation.save()
    return invitation, token


@transaction.atomic
def send_again(*, invitation: Invitation, by: Person) -> Invitation:
    """Mail an invitation once more, with a new link; the earlier link opens nothing now.

    Raises:
        MayNotGiveError: the role is not theirs to give there.
        InvitationIsOverError: it was accepted or taken back.
        TooManyInvitationsError: it was mailed five times.
    """
    row = _waiting(invitation, by)
    if not row.may_be_sent_again:
        raise TooManyInvitationsError(
            f"This invitation was sent {MOST_SENT} times. Please ask {row.email} another way."
        )
    token = secrets.token_urlsafe(32)
    row.token_hash = hash_of(token)
    row.expires_at = timezone.now() + GOOD_FOR
    row.sent += 1
    row.returned_at = None
    row.full_clean()
    row.save()
    _mail(row, token)
    return row


@transaction.atomic
def take_back(*, invitation: Invitation, by: Person) -> Invitation:
    """End an invitation before anybody used it.

    Raises:
        MayNotGiveError: the role is not theirs to give there.
        InvitationIsOverError: it was accepted or taken back already.
    """
    row = _waiting(invitation, by)
    row.revoked_at = timezone.now()
    row.save(update_fields=["revoked_at"])
    return row


def unanswered() -> QuerySet[Invitation]:
    """Return invitations that nobody can accept any more, to be forgotten.

    Those of the last day stay, so that taking back makes no room for more a day.
    """
    now = timezone.now()
    over = Q(expires_at__lte=now) | Q(revoked_at__isnull=False)
    return Invitation.objects.filter(over, accepted_at__isnull=True, created_at__lt=now - A_DAY)


def note_returned(*, email: str) -> None:
    """Note on what was offered to an address that mail to it comes back."""
    Invitation.objects.waiting().filter(email=email.lower()).update(returned_at=timezone.now())


def find(*, token: str) -> Invitation | None:
    """Return the invitation that a link opens; None where it opens nothing (any more)."""
    if not token:
        return None
    found = Invitation.objects.good().filter(token_hash=hash_of(token))
    row = found.select_related("invited_by", "home", "cohort", "area", "asset").first()
    if row is None or (row.until and row.until < timezone.localdate()):
        return None
    # Whoever may not give the role today has no invitation open either.
    return row if may_give_row(row.invited_by, row) else None


@transaction.atomic
def accept(
    *, token: str, by: Person | None = None, name: str = "", password: str | None = None
) -> Membership:
    """Take an invitation up: as ``by`` who is signed in, or with a new account.

    Raises:
        InvitationIsOverError: used, taken back, too old, unknown, or its giver has gone.
        WrongAccountError: it is for another address than that of ``by``.
        AccountExistsError: nobody is signed in, and the address has an account.
    """
    locked = Invitation.objects.select_for_update().filter(token_hash=hash_of(token)).first()
    row = find(token=token) if locked else None
    if row is None:
        raise InvitationIsOverError("This invitation does not work any more.")
    person = _accepting(row, by, name, password)
    row.accepted_at = timezone.now()
    row.accepted_by = person
    row.save(update_fields=["accepted_at", "accepted_by"])
    return services.give_role(
        person=person, role=row.role, scope=row.scope, until=row.until, by=row.invited_by
    )


def _accepting(row: Invitation, by: Person | None, name: str, password: str | None) -> Person:
    if by is not None:
        if by.email != row.email:
            raise WrongAccountError(f"This invitation is for {row.email}.")
        return by
    if Person.objects.filter(email=row.email).exists():
        raise AccountExistsError("You have an account here. Please sign in first.")
    # What the demo's people make is the demo's too.
    return services.open_account(
        email=row.email, name=name, password=password, is_demo=row.invited_by.is_demo
    )


def _waiting(invitation: Invitation, by: Person) -> Invitation:
    row = Invitation.objects.waiting().select_for_update().filter(pk=invitation.pk).first()
    if row is None:
        raise InvitationIsOverError("This invitation was used or taken back already.")
    if not may_give_row(by, row):
        raise MayNotGiveError("You may not give this role there.")
    return row


def _mail(invitation: Invitation, token: str) -> None:
    """Queue the link, in the transaction: what is taken back is never mailed."""
    by = " ".join(display_name(invitation.invited_by).split())
    context = {
        "by": by,
        "role": invitation.get_role_display().lower(),
        "where": invitation.scope,
        "until": invitation.until,
        "link": f"{settings.SITE_URL}{reverse('people:open_invitation', args=[token])}",
        "good_until": timezone.localdate(invitation.expires_at),
        "site": settings.SITE_URL,
    }
    send_mail(
        subject=f"{by} invites you to Care Home Friends and Neighbours",
        message=render_to_string("people/mail/invitation.txt", context),
        from_email=None,
        recipient_list=[invitation.email],
    )
