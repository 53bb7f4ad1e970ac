"""The parent, carer or leader of somebody under 18: asked, saying yes or no, changing it."""

import datetime as dt
import secrets
from contextlib import suppress
from typing import Final

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from fans.people.consent import services as consents
from fans.people.consent.models import How, Scope
from fans.people.models import Person, Role, hash_of
from fans.people.services import end_roles
from fans.people.volunteers import mailing
from fans.people.volunteers.answers import Adult
from fans.people.volunteers.errors import AlreadyVolunteersError, LinkIsOverError
from fans.people.volunteers.models import AgeBand, Guardian, Volunteer
from fans.people.volunteers.signals import refused

ASKED_FOR: Final = dt.timedelta(days=14)
"""How long an adult may take to answer; they can be asked again."""

KEPT_FOR: Final = dt.timedelta(days=730)
"""How long the link of an adult who said yes opens their page; they can ask for a new one."""

YOUNG: Final = "young_volunteer"


@transaction.atomic
def ask_adult(*, volunteer: Volunteer, adult: Adult) -> Guardian:
    """Ask an adult to answer for somebody under 18; an earlier link opens nothing now.

    Nothing is mailed for a child under 16: there the adult has written themselves.

    Raises:
        AlreadyVolunteersError: an adult has said yes.
    """
    guardian = Guardian.objects.select_for_update().filter(volunteer=volunteer).first()
    if guardian is None:
        guardian = Guardian(volunteer=volunteer)
    elif guardian.confirmed_at is not None:
        raise AlreadyVolunteersError("An adult has said yes already.")
    token = secrets.token_urlsafe(32)
    guardian.name, guardian.relation = adult.name, adult.relation
    guardian.email = adult.email.strip().lower()
    guardian.token_hash = hash_of(token)
    guardian.asked_at = timezone.now()
    guardian.expires_at = guardian.asked_at + ASKED_FOR
    guardian.full_clean()
    guardian.save()
    if volunteer.age_band != AgeBand.CHILD:
        _mail(guardian, token, "adult_asked", f"{volunteer.person.name} asks for your yes")
    return guardian


@transaction.atomic
def note_adult(*, volunteer: Volunteer, token: str) -> Guardian:
    """Take the yes of the adult who wrote for a child, and came by the link in their mail.

    The token of that link goes on opening the adult's page.
    """
    guardian = Guardian.objects.select_for_update().get(volunteer=volunteer)
    guardian.token_hash = hash_of(token)
    _confirm(guardian)
    name = volunteer.person.name
    _mail(guardian, token, "adult_said_yes", f"{name} is signed up as a volunteer")
    return guardian


def find(*, token: str) -> Guardian | None:
    """Return whom a link asks; None where it opens nothing (any more)."""
    if not token:
        return None
    found = Guardian.objects.filter(token_hash=hash_of(token), expires_at__gt=timezone.now())
    return found.select_related("volunteer__person").first()


@transaction.atomic
def say_yes(*, token: str) -> Guardian:
    """Let somebody under 18 volunteer, with adults beside them; again changes nothing.

    Raises:
        LinkIsOverError: too old, replaced or unknown.
    """
    guardian = _locked(token)
    if guardian.confirmed_at is not None:
        return guardian
    volunteer = guardian.volunteer
    consents.agree(person=volunteer.person, purpose=YOUNG, how=How.WEB, scope=Scope.GUARDIAN)
    _confirm(guardian)
    name = volunteer.person.name
    _mail(guardian, token, "adult_said_yes", f"You said yes for {name}")
    if volunteer.person.email:
        mailing.send(
            to=volunteer.person.email,
            subject=f"{guardian.name} said yes",
            template="young_may",
            guardian=guardian,
            link=mailing.link("volunteers:me"),
        )
    return guardian


@transaction.atomic
def say_no(*, token: str) -> str:
    """End it, and delete what is kept; return the young person's name.

    Hours that they gave are counted on, without them. An account that was made for this
    alone goes too.

    Raises:
        LinkIsOverError: too old, replaced or unknown.
    """
    guardian = _locked(token)
    person = guardian.volunteer.person
    name, address, adult = person.name, person.email, guardian.name
    end_roles(person=person, role=Role.VOLUNTEER)
    refused.send(sender=Volunteer, person=person, guardian=guardian)
    # What hears it deletes history too; without anybody who does, the rows still go.
    Volunteer.objects.filter(person_id=person.pk).delete()
    _delete_unused(person.pk)
    if address:
        mailing.send(
            to=address,
            subject="Your offer to Care Home Friends and Neighbours",
            template="young_may_not",
            adult=adult,
        )
    return name


@transaction.atomic
def take_back(*, token: str) -> Guardian:
    """Take an adult's yes back: the young person rests at once (``hearing``).

    Raises:
        LinkIsOverError: too old, replaced or unknown.
    """
    guardian = _locked(token)
    if guardian.confirmed_at is not None:
        consents.withdraw(person=guardian.volunteer.person, purpose=YOUNG)
        guardian.refresh_from_db()
    return guardian


def child_of(*, token: str) -> Volunteer:
    """Return the child under 16 whom an adult looks after here.

    Raises:
        LinkIsOverError: too old, replaced or unknown, or not about a child.
    """
    guardian = find(token=token)
    if guardian is None or guardian.volunteer.age_band != AgeBand.CHILD:
        raise LinkIsOverError("This link does not work any more.")
    return guardian.volunteer


@transaction.atomic
def mail_links(*, email: str) -> None:
    """Mail an adult new links to the pages of all whom they answer for; the old ones end.

    Nobody learns here whether there are any: without one no mail goes out.
    """
    address, links = email.strip().lower(), []
    answered_for = Guardian.objects.select_for_update(of=("self",)).filter(email=address)
    for guardian in answered_for.select_related("volunteer__person"):
        token = secrets.token_urlsafe(32)
        guardian.token_hash = hash_of(token)
        guardian.expires_at = timezone.now() + (
            KEPT_FOR if guardian.confirmed_at else ASKED_FOR
        )
        guardian.save(update_fields=["token_hash", "expires_at"])
        name = guardian.volunteer.person.name
        links.append((name, mailing.link("volunteers:open_adult", token)))
    if links:
        mailing.send(
            to=address,
            subject="Your links to Care Home Friends and Neighbours",
            template="adult_links",
            links=links,
        )


def _locked(token: str) -> Guardian:
    locked = Guardian.objects.select_for_update().filter(token_hash=hash_of(token)).first()
    guardian = find(token=token) if locked else None
    if guardian is None:
        raise LinkIsOverError("This link does not work any more.")
    return guardian


def _confirm(guardian: Guardian) -> None:
    now = timezone.now()
    guardian.confirmed_at, guardian.expires_at = now, now + KEPT_FOR
    guardian.full_clean()
    guardian.save()
    volunteer = guardian.volunteer
    volunteer.adult_confirmed_at = now
    volunteer.save(update_fields=["adult_confirmed_at"])


def _delete_unused(person_id: int) -> None:
    """Delete a person who has no other part here; one on whom something hangs stays."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None or person.memberships.exclude(role=Role.VOLUNTEER).exists():
        return
    with suppress(ProtectedError), transaction.atomic():
        person.delete()


def _mail(guardian: Guardian, token: str, template: str, subject: str) -> None:
    mailing.send(
        to=guardian.email,
        subject=subject,
        template=template,
        guardian=guardian,
        young=guardian.volunteer.person,
        volunteer=guardian.volunteer,
        link=mailing.link("volunteers:open_adult", token),
        good_until=timezone.localdate(guardian.expires_at),
    )
