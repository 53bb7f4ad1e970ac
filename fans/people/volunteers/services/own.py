"""What volunteers do themselves: change what they said, rest, come back, leave.

For a child the adult who answers for it does so; then ``by`` is None.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from fans.people.consent import services as consents
from fans.people.models import Person
from fans.people.volunteers.errors import (
    AdultMissingError,
    ConsentMissingError,
    NotYetError,
    PausedByLeadError,
)
from fans.people.volunteers.models import AgeBand, Stage, Volunteer
from fans.people.volunteers.placing import put_at
from fans.people.volunteers.services.pathway import is_paused_by_lead, move, returns_to
from geo.masking import MaskedPlace

PROFILE = "volunteer_profile"


@dataclass(frozen=True)
class NewPlace:
    """Another rough place; None where the district is too small to tell."""

    place: MaskedPlace | None


@transaction.atomic
def change(*, volunteer: Volunteer, moved: NewPlace | None = None, **said: Any) -> Volunteer:
    """Change what somebody likes, when they can, how far they go; ``moved`` where they moved.

    Raises:
        NotYetError: they have left.
        ValidationError: something is not on a list, or breaks a rule of the young.
    """
    row = _present(volunteer)
    for name, value in said.items():
        setattr(row, name, value)
    if moved is not None:
        put_at(row, moved.place)
    row.last_heard_on = timezone.localdate()
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def rest(*, volunteer: Volunteer, by: Person | None) -> Volunteer:
    """Rest for a while: no reason is asked, none is kept. Resting already changes nothing.

    Raises:
        NotYetError: they have left.
    """
    row = _present(volunteer)
    return row if row.stage == Stage.RESTING else move(volunteer=row, to=Stage.RESTING, by=by)


@transaction.atomic
def come_back(*, volunteer: Volunteer, by: Person | None) -> Volunteer:
    """End a rest, at the stage that was reached before.

    Raises:
        PausedByLeadError: a lead let them rest.
        ConsentMissingError: they took back that their profile is kept.
        AdultMissingError: the adult of somebody under 18 has not said yes, or no longer.
        NotYetError: they have left.
    """
    row = _present(volunteer)
    if row.stage != Stage.RESTING:
        return row
    if is_paused_by_lead(row):
        raise PausedByLeadError("You are resting. Please talk to your volunteer lead.")
    if row.age_band != AgeBand.CHILD and not consents.holds(row.person, PROFILE):
        raise ConsentMissingError("First agree again that we may keep your profile.")
    if row.is_young and row.adult_confirmed_at is None:
        raise AdultMissingError("First a parent, carer or group leader has to say yes.")
    back = move(volunteer=row, to=returns_to(row), by=by)
    return still_here(volunteer=back)


@transaction.atomic
def leave(*, volunteer: Volunteer, by: Person | None) -> Volunteer:
    """Stop being a volunteer; the role ends too. Having left already changes nothing."""
    row = Volunteer.objects.select_for_update().get(pk=volunteer.pk)
    return row if row.stage == Stage.LEFT else move(volunteer=row, to=Stage.LEFT, by=by)


@transaction.atomic
def still_here(*, volunteer: Volunteer) -> Volunteer:
    """Note that something was heard of them today."""
    volunteer.last_heard_on = timezone.localdate()
    volunteer.save(update_fields=["last_heard_on"])
    return volunteer


def _present(volunteer: Volunteer) -> Volunteer:
    rows = Volunteer.objects.select_for_update(of=("self",)).select_related("person")
    row = rows.get(pk=volunteer.pk)
    if row.stage == Stage.LEFT:
        raise NotYetError("You have left. You can offer again at any time.")
    return row
