"""Operations on accounts and the roles they hold."""

import datetime as dt
from typing import Any, Final

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from fans.people.errors import (
    DemoIsLoadedError,
    LastAdministratorError,
    MayNotGiveError,
    TooLateError,
)
from fans.people.giving import may_give_row
from fans.people.models import Membership, Person, Role, scope_key
from fans.people.signals import address_changed

UNDO_FOR: Final = dt.timedelta(minutes=10)
A_YEAR: Final = dt.timedelta(days=365)


@transaction.atomic
def open_account(
    *, email: str, name: str = "", password: str | None = None, is_demo: bool = False
) -> Person:
    """Give a person an account whose address counts as confirmed; again changes nothing.

    For people whom somebody who knows them has named: the address was not typed by a
    stranger. Without a password they sign in by code, or by a link to choose one.

    Raises:
        ValidationError: the address is not an e-mail address.
    """
    address = email.strip().lower()
    person = Person.objects.filter(email=address).first()
    if person is None:
        person = Person(email=address, name=name, is_demo=is_demo)
        person.set_password(password)
        person.full_clean()
        person.save()
    confirm_address(person=person)
    return person


@transaction.atomic
def confirm_address(*, person: Person) -> None:
    """Let a person sign in by their present address, and by no earlier one.

    Codes and links go to confirmed addresses: one that somebody has left, or lost, must
    not keep the door open.
    """
    left = EmailAddress.objects.filter(user=person).exclude(email=person.email or "")
    if person.email:
        for old in left.values_list("email", flat=True):
            address_changed.send(sender=Person, old=old, new=person.email)
    left.delete()
    if person.email:
        EmailAddress.objects.update_or_create(
            user=person, email=person.email, defaults={"verified": True, "primary": True}
        )


@transaction.atomic
def make_administrator(*, email: str, name: str = "") -> Person:
    """Give somebody an account that administers the site.

    Raises:
        DemoIsLoadedError: made-up people with known passwords are in this installation.
        ValidationError: the address is not an e-mail address.
    """
    if Person.objects.filter(is_demo=True).exists():
        raise DemoIsLoadedError(
            "The demo is loaded here, and its passwords are shown to anyone. "
            "Take it away first: bin/manage remove_demo"
        )
    person = open_account(email=email, name=name)
    held = person.memberships.on(timezone.localdate()).filter(role=Role.ADMINISTRATOR)
    if not held.exists():
        give_role(person=person, role=Role.ADMINISTRATOR)
    return person


@transaction.atomic
def give_role(
    *,
    person: Person,
    role: str,
    scope: Any = None,
    until: dt.date | None = None,
    by: Person | None = None,
) -> Membership:
    """Give a role from today; one that is held already lasts to the later of both ends.

    Raises:
        ValidationError: the role has another scope, or its end lies before today.
    """
    key = scope_key(role)
    today = timezone.localdate()
    wanted = Membership(
        person=person,
        role=role,
        from_on=today,
        until=until,
        given_by=by,
        **({key: scope} if key else {}),
    )
    same = person.memberships.on(today).select_for_update(of=("self",))
    held = same.filter(role=role, **wanted.keys()).first()
    if held is None:
        held = wanted
    elif held.until is not None:
        held.until = max(held.until, until) if until else None
    held.full_clean()
    held.save()
    return held


@transaction.atomic
def end_role(*, membership: Membership, by: Person) -> Membership:
    """End a role from this moment; ended already, it stays as it is.

    Raises:
        MayNotGiveError: the role is not theirs to end there.
        LastAdministratorError: nobody could administer the site any more.
    """
    row = _held(membership, by)
    if row.ended_at is not None:
        return row
    if row.role == Role.ADMINISTRATOR:
        _require_another_administrator(row)
    row.ended_at = timezone.now()
    row.ended_by = by
    row.save(update_fields=["ended_at", "ended_by"])
    return row


@transaction.atomic
def end_roles(*, person: Person, role: str, by: Person | None = None) -> int:
    """End every holding of a role, because of what another record says; return how many.

    For rooms that keep why somebody holds it; whether ``by`` may is for them to ask.
    """
    held = Membership.objects.on(timezone.localdate()).filter(person=person, role=role)
    return held.update(ended_at=timezone.now(), ended_by=by)


@transaction.atomic
def restore_role(*, membership: Membership, by: Person) -> Membership:
    """Take the ending of a role back, by whoever ended it, within ten minutes.

    Raises:
        MayNotGiveError: the role is not theirs to give there, or somebody else ended it.
        TooLateError: the ten minutes are over, or it does not stand ended.
        ValidationError: the same role was given anew meanwhile.
    """
    row = _held(membership, by)
    if row.ended_at is None or timezone.now() - row.ended_at > UNDO_FOR:
        raise TooLateError("This can be taken back for ten minutes. Invite the person again.")
    if row.ended_by_id != by.pk:
        raise MayNotGiveError("Somebody else ended this role.")
    row.ended_at = row.ended_by = None
    row.full_clean()
    row.save(update_fields=["ended_at", "ended_by"])
    return row


@transaction.atomic
def keep_role(*, membership: Membership, by: Person) -> Membership:
    """Let a role last until a year from today, where it would end before.

    Raises:
        MayNotGiveError: the role is not theirs to give there.
        TooLateError: it is over already.
    """
    row = _held(membership, by)
    today = timezone.localdate()
    if row.ended_at is not None or (row.until and row.until < today):
        raise TooLateError("This role is over. Invite the person again.")
    if row.until is not None:
        row.until = max(row.until, today + A_YEAR)
    row.full_clean()
    row.save(update_fields=["until"])
    return row


@transaction.atomic
def reset_second_step(*, person: Person) -> None:
    """Take every second step of a person away, end their sessions, and tell them by mail."""
    Authenticator.objects.filter(user=person).delete()
    for session in UserSession.objects.filter(user=person):
        session.end()
    send_mail(
        subject="Your second step was taken away",
        message=render_to_string("people/mail/second_step_reset.txt", {"person": person}),
        from_email=None,
        recipient_list=[str(person.email)],
    )


def _held(membership: Membership, by: Person) -> Membership:
    row = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    if not may_give_row(by, row):
        raise MayNotGiveError("You may not give or end this role there.")
    return row


def _require_another_administrator(row: Membership) -> None:
    # All their rows are locked, so that two cannot end each other at once.
    held = Membership.objects.on(timezone.localdate()).filter(
        role=Role.ADMINISTRATOR, person__is_active=True
    )
    locked = list(held.select_for_update(of=("self",)).order_by("pk"))
    if not any(other.pk != row.pk and other.until is None for other in locked):
        raise LastAdministratorError(
            "Nobody else administers the site for good. Give somebody this role first."
        )
