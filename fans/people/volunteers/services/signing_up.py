"""Signing up: an offer waits until its address is confirmed, and becomes a volunteer."""

import datetime as dt
import secrets
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from fans.people import services as people
from fans.people.consent import services as consents
from fans.people.consent.models import How, Scope
from fans.people.demo import demo_is_loaded
from fans.people.models import Person, hash_of
from fans.people.volunteers import mailing
from fans.people.volunteers.answers import Answers
from fans.people.volunteers.errors import (
    AdultMissingError,
    AlreadyVolunteersError,
    ConsentMissingError,
    LinkIsOverError,
)
from fans.people.volunteers.models import Application, Stage, Volunteer
from fans.people.volunteers.placing import put_at
from fans.people.volunteers.services.adults import ask_adult, note_adult
from fans.people.volunteers.services.pathway import begin, move

GOOD_FOR: Final = dt.timedelta(days=7)
WELCOMED_FOR: Final = dt.timedelta(hours=1)
PROFILE: Final = "volunteer_profile"
_TAKEN_OVER: Final = (
    "age_band",
    "kind",
    "group_name",
    "group_people_count",
    "group_children_count",
    "interests",
    "languages",
    "times",
    "travel_m",
    "offer",
    "phone",
)


@transaction.atomic
def offer(*, email: str, answers: Answers) -> None:
    """Keep an offer until its address is confirmed, and mail the link that does so.

    An address with an account gets a mail that says to sign in and offer from there. The
    caller is told neither: nobody learns here who takes part. The address of a child's
    offer is the adult's, who may have an account.

    Raises:
        ConsentMissingError: they did not agree that their answers are kept.
        AdultMissingError: they are under 18, and named no adult.
    """
    _require_whole(answers)
    address = email.strip().lower()
    known = Person.objects.filter(email=address).first()
    if known is not None and not answers.is_child:
        if known.is_active:
            _mail_known(known, address)
        return
    token = secrets.token_urlsafe(32)
    earlier = Application.objects.filter(email=address, confirmed_at__isnull=True)
    earlier.filter(answers__age_band=answers.age_band, answers__name=answers.name).delete()
    application = Application(
        email=address,
        answers=answers.as_json(),
        token_hash=hash_of(token),
        expires_at=timezone.now() + GOOD_FOR,
    )
    application.full_clean()
    application.save()
    mailing.send(
        to=address,
        subject="Your offer to Care Home Friends and Neighbours",
        template="confirm",
        answers=answers,
        link=mailing.link("volunteers:open_offer", token),
        good_until=timezone.localdate(application.expires_at),
    )


def find(*, token: str) -> Application | None:
    """Return the offer that a link opens; None where it opens nothing (any more)."""
    if not token:
        return None
    waiting = Application.objects.filter(confirmed_at__isnull=True)
    return waiting.filter(token_hash=hash_of(token), expires_at__gt=timezone.now()).first()


@transaction.atomic
def confirm(*, token: str) -> Volunteer:
    """Make an offer a volunteer: with a new account, or for a child without one.

    Raises:
        LinkIsOverError: used, too old or unknown, or its account is closed.
        AlreadyVolunteersError: its address has offered meanwhile.
    """
    locked = Application.objects.select_for_update().filter(token_hash=hash_of(token)).first()
    row = find(token=token) if locked else None
    if row is None:
        raise LinkIsOverError("This link does not work any more.")
    answers = Answers.from_json(row.answers)
    if answers.is_child:
        volunteer = _start(_without_account(answers), answers)
        note_adult(volunteer=volunteer, token=token)
    else:
        volunteer = _start(_with_account(row.email, answers), answers)
    row.answers, row.confirmed_at = {}, timezone.now()
    row.save(update_fields=["answers", "confirmed_at"])
    return volunteer


def just_confirmed(*, token: str) -> Volunteer | None:
    """Return whom a link signed up within the last hour, for the page that says so."""
    since = timezone.now() - WELCOMED_FOR
    used = Application.objects.filter(token_hash=hash_of(token), confirmed_at__gt=since)
    row = used.first()
    if row is None:
        return None
    of_link = Q(guardian__token_hash=row.token_hash) | Q(person__email=row.email)
    found = Volunteer.objects.filter(of_link, created_at__gt=since)
    return found.select_related("person").order_by("-created_at").first()


@transaction.atomic
def offer_from_account(*, person: Person, answers: Answers) -> Volunteer:
    """Make somebody who is signed in a volunteer; their address is confirmed already.

    Whoever had left begins anew.

    Raises:
        AlreadyVolunteersError: they are one.
        ConsentMissingError: they did not agree that their answers are kept.
        AdultMissingError: they are under 18, and named no adult.
    """
    _require_whole(answers)
    if answers.is_child:
        raise ValueError("A child has no account: an adult offers for it by mail.")
    return _start(Person.objects.select_for_update().get(pk=person.pk), answers)


def _require_whole(answers: Answers) -> None:
    needed = "young_volunteer" if answers.is_child else PROFILE
    if needed not in answers.agreed:
        raise ConsentMissingError("Without your yes we may keep nothing.")
    if answers.is_young and answers.adult is None:
        raise AdultMissingError("Under 18 a parent, carer or group leader answers for you.")


def _mail_known(known: Person, address: str) -> None:
    is_one = Volunteer.objects.present().filter(person=known).exists()
    mailing.send(
        to=address,
        subject="Your offer to Care Home Friends and Neighbours",
        template="known",
        is_volunteer=is_one,
        link=mailing.link("volunteers:me" if is_one else "volunteers:sign_up"),
    )


def _with_account(email: str, answers: Answers) -> Person:
    person = people.open_account(email=email, name=answers.name, is_demo=demo_is_loaded())
    if not person.is_active:
        raise LinkIsOverError("This link does not work any more.")
    return person


def _without_account(answers: Answers) -> Person:
    person = Person(email=None, name=answers.name, is_demo=demo_is_loaded())
    person.set_unusable_password()
    person.full_clean()
    person.save()
    return person


def _start(person: Person, answers: Answers) -> Volunteer:
    volunteer = Volunteer.objects.filter(person=person).select_for_update().first()
    if volunteer is not None and volunteer.stage != Stage.LEFT:
        raise AlreadyVolunteersError("You have offered already: see your own page.")
    if not person.name:
        person.name = answers.name
        person.save(update_fields=["name"])
    volunteer = _again(volunteer, answers) if volunteer else _new(person, answers)
    _record_consents(person, answers)
    if answers.adult is not None:
        ask_adult(volunteer=volunteer, adult=answers.adult)
    return volunteer


def _new(person: Person, answers: Answers) -> Volunteer:
    volunteer = Volunteer(person=person)
    _fill_in(volunteer, answers)
    return begin(volunteer=volunteer, by=person if person.email else None)


def _again(volunteer: Volunteer, answers: Answers) -> Volunteer:
    if hasattr(volunteer, "guardian"):
        volunteer.guardian.delete()
    volunteer.adult_confirmed_at, volunteer.may_be_alone = None, False
    _fill_in(volunteer, answers)
    volunteer.full_clean()
    volunteer.save()
    return move(volunteer=volunteer, to=Stage.APPLIED, by=volunteer.person)


def _fill_in(volunteer: Volunteer, answers: Answers) -> None:
    for name in _TAKEN_OVER:
        setattr(volunteer, name, getattr(answers, name))
    put_at(volunteer, answers.place)


def _record_consents(person: Person, answers: Answers) -> None:
    for purpose in answers.agreed:
        scope = Scope.GUARDIAN if purpose == "young_volunteer" else Scope.SELF
        consents.agree(person=person, purpose=purpose, how=How.WEB, scope=scope)
