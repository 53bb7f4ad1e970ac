"""What somebody agreed to, purpose by purpose, as the pages show it."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from fans.people.consent.models import Consent
from fans.people.consent.wordings import ANYBODY, Purpose, Version, purpose_named, purposes
from fans.people.models import Membership, Person
from fans.people.permissions import memberships_of
from homes.models import Home

WELCOME: Final = "welcome_contact_name"


@dataclass(frozen=True)
class Entry:
    """One purpose: what is asked today, what stands, what was before."""

    purpose: Purpose
    asked: Version | None
    standing: Consent | None
    earlier: list[Consent]

    @property
    def is_older(self) -> bool:
        """Say whether the yes is to an earlier wording than the one asked today."""
        return bool(
            self.standing and self.asked and self.standing.wording.version < self.asked.number
        )

    @property
    def still_counts(self) -> bool:
        """Say whether the yes covers what is asked today."""
        return self.standing is not None and self.purpose.still_covers(
            self.standing.wording.version, on=timezone.localdate()
        )


def entries(person: Person, *, every: bool = False) -> list[Entry]:
    """Return what concerns a person: asked of their roles, or agreed to at some time.

    ``every``: also what nobody has asked them yet, for somebody who records it.
    """
    rows = person.consents.select_related("wording", "recorded_by", "given_by")
    held: dict[str, list[Consent]] = {}
    for row in rows:
        held.setdefault(row.purpose, []).append(row)
    roles = {ANYBODY, *(m.role for m in memberships_of(person))}
    return [
        _entry(purpose, held.get(purpose.slug, []))
        for purpose in purposes().values()
        if purpose.slug in held or every or purpose.asked_of & roles
    ]


def named_at(home: Home) -> list[Membership]:
    """Return the roles of a home's people who agreed that the public reads their name.

    One query.
    """
    asked, today = purpose_named(WELCOME), timezone.localdate()
    standing = Consent.objects.standing().filter(purpose=WELCOME, person=OuterRef("person"))
    held = Membership.objects.on(today).filter(
        home=home, role__in=asked.asked_of, person__is_active=True
    )
    agreed: Any = held.exclude(person__name="").annotate(
        agreed_to=Subquery(standing.values("wording__version")[:1])
    )
    rows = agreed.filter(agreed_to__isnull=False).select_related("person")
    return [row for row in rows if asked.still_covers(row.agreed_to, on=today)]


def _entry(purpose: Purpose, rows: list[Consent]) -> Entry:
    return Entry(
        purpose=purpose,
        asked=purpose.on(timezone.localdate()),
        standing=next((row for row in rows if row.stands), None),
        earlier=[row for row in rows if not row.stands],
    )
