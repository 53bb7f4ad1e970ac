"""Writes to the ledger of consents, and the one question that others ask of it."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from fans.people.consent import signals
from fans.people.consent.errors import (
    NewerWordingError,
    NothingToTakeBackError,
    NotTheirsToSayError,
    TooLateError,
    UnknownPurposeError,
    WordingChangedError,
)
from fans.people.consent.models import Consent, How, Scope, Wording
from fans.people.consent.wordings import Purpose, Version, purpose_named, purposes
from fans.people.models import Person


@transaction.atomic
def load_wordings() -> int:
    """Store the versions that are published by today; return how many are new.

    Raises:
        WordingChangedError: a stored text differs from the file's.
    """
    today = timezone.localdate()
    stored = {(w.purpose, w.version): w for w in Wording.objects.all()}
    new = 0
    for purpose in purposes().values():
        for version in purpose.versions:
            row = stored.get((purpose.slug, version.number))
            if row is not None and row.text != version.text:
                raise WordingChangedError(
                    f"{row} has been published with another text. Add a further version "
                    "to fixtures/consent/wordings.json, and leave this one as it was."
                )
            if row is None and version.published_on <= today:
                _stored(purpose, version)
                new += 1
    return new


def current_wording(purpose: str) -> Wording:
    """Return the wording that is asked today, stored by now.

    Raises:
        UnknownPurposeError: there is no such purpose, or none is published yet.
    """
    return _stored(*_asked_today(purpose))


@transaction.atomic
def agree(
    *,
    person: Person,
    purpose: str,
    how: str,
    scope: str = Scope.SELF,
    by: Person | None = None,
    given_by: Person | None = None,
    given_at: dt.datetime | None = None,
    version: int | None = None,
) -> Consent:
    """Record a yes to today's wording; the same yes again changes nothing.

    ``by`` is who records it, the person themselves unless told; ``given_by`` who spoke
    for them; ``version`` the wording they were shown, where it came from a page.

    Raises:
        UnknownPurposeError: nobody is asked for this.
        NewerWordingError: the wording changed since they were shown it.
        NotTheirsToSayError: the scope does not fit the purpose or who records it.
        ValidationError: it breaks a rule of the ledger.
    """
    wording = current_wording(purpose)
    if version is not None and version != wording.version:
        raise NewerWordingError("The wording has changed. Please read it once more.")
    Person.objects.select_for_update().get(pk=person.pk)  # two at once are one
    recorded_by = by or _themselves(scope, person)
    _require_fitting(purpose_named(purpose), scope, person, recorded_by)
    standing = _standing(person, purpose)
    if standing is not None and standing.wording_id == wording.pk and standing.scope == scope:
        return standing
    now = timezone.now()
    if standing is not None:
        standing.replaced_at = now
        standing.save(update_fields=["replaced_at"])
    consent = Consent(
        person=person,
        wording=wording,
        purpose=purpose,
        scope=scope,
        how=how,
        given_at=given_at or now,
        recorded_at=now,
        given_by=given_by,
        recorded_by=recorded_by,
    )
    consent.full_clean()
    consent.save()
    signals.agreed.send(sender=Consent, consent=consent)
    return consent


@transaction.atomic
def withdraw(
    *, person: Person, purpose: str, by: Person | None = None, how: str = How.WEB
) -> Consent:
    """Take a yes back, whatever its version; no reason is asked.

    Raises:
        NothingToTakeBackError: none stands.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    consent = _standing(person, purpose)
    if consent is None:
        raise NothingToTakeBackError("There is nothing to take back: you had not agreed.")
    consent.withdrawn_at = timezone.now()
    consent.withdrawn_by = by or _themselves(consent.scope, person)
    consent.withdrawn_how = how
    consent.full_clean()
    consent.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_how"])
    signals.withdrawn.send(sender=Consent, consent=consent)
    return consent


@transaction.atomic
def restore(*, consent: Consent, by: Person) -> Consent:
    """Let a yes stand again that the same somebody took back within ten minutes.

    Raises:
        TooLateError: the ten minutes are over, or a newer yes stands.
        NotTheirsToSayError: somebody else took it back.
    """
    Person.objects.select_for_update().get(pk=consent.person_id)
    row = Consent.objects.get(pk=consent.pk)
    if not row.can_be_restored(timezone.now()) or _standing(row.person, row.purpose):
        raise TooLateError("This can be undone for ten minutes. You can agree again.")
    if row.withdrawn_by_id != by.pk:
        raise NotTheirsToSayError("Somebody else took this back.")
    row.withdrawn_at = row.withdrawn_by = None
    row.withdrawn_how = ""
    row.full_clean()
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_how"])
    signals.restored.send(sender=Consent, consent=row)
    return row


def holds(person: Person, purpose: str) -> bool:
    """Say whether a yes stands that covers what is asked today.

    A yes to an earlier wording counts where the newer one says that it does.

    Raises:
        UnknownPurposeError: nobody is asked for this.
    """
    asked = purpose_named(purpose)
    found = Consent.objects.standing().filter(person=person, purpose=purpose)
    version = found.values_list("wording__version", flat=True).first()
    return version is not None and asked.still_covers(version, on=timezone.localdate())


def holding(purpose: str, *, among: Collection[int] | None = None) -> set[int]:
    """Return the ids of the people whose yes to ``purpose`` counts today.

    ``among``: ids of people; all, unless told.
    """
    asked, today = purpose_named(purpose), timezone.localdate()
    rows = Consent.objects.standing().filter(purpose=purpose)
    if among is not None:
        rows = rows.filter(person__in=among)
    return {
        person_id
        for person_id, version in rows.values_list("person_id", "wording__version")
        if asked.still_covers(version, on=today)
    }


def outstanding(person: Person) -> list[Purpose]:
    """Return the purposes whose wording is newer than what the person agreed to."""
    today = timezone.localdate()
    rows = Consent.objects.standing().filter(person=person)
    agreed = dict(rows.values_list("purpose", "wording__version"))
    return [
        purpose
        for slug, purpose in purposes().items()
        if slug in agreed
        and (asked := purpose.on(today)) is not None
        and asked.number > agreed[slug]
    ]


def _standing(person: Person, purpose: str) -> Consent | None:
    return Consent.objects.standing().filter(person=person, purpose=purpose).first()


def _themselves(scope: str, person: Person) -> Person | None:
    """Return who acted where nobody is named: a guardian may have no account."""
    return None if scope == Scope.GUARDIAN else person


def _asked_today(slug: str) -> tuple[Purpose, Version]:
    purpose = purpose_named(slug)
    version = purpose.on(timezone.localdate())
    if version is None:
        raise UnknownPurposeError(f"“{purpose.title}” is not asked yet.")
    return purpose, version


def _stored(purpose: Purpose, version: Version) -> Wording:
    row, _ = Wording.objects.get_or_create(
        purpose=purpose.slug,
        version=version.number,
        defaults={"text": version.text, "published_on": version.published_on},
    )
    return row


def _require_fitting(
    purpose: Purpose, scope: str, person: Person, recorded_by: Person | None
) -> None:
    if purpose.is_guardians != (scope == Scope.GUARDIAN):
        raise NotTheirsToSayError(
            "A parent, carer or leader says this, for somebody under 18."
            if purpose.is_guardians
            else "This is for the person to say."
        )
    if scope == Scope.BEST_INTERESTS and (recorded_by is None or recorded_by == person):
        raise NotTheirsToSayError("Somebody else decides in a person's best interests.")
