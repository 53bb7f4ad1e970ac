"""Checks: asked for and decided. Kept is the decision alone, never what a certificate says."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from fans.people.models import Person
from fans.people.volunteers.errors import (
    CheckRefusedError,
    NeverAloneError,
    RoleMissingError,
)
from fans.people.volunteers.models import AgeBand, Vetting, Volunteer
from fans.people.volunteers.services.needs import decision, is_good
from fans.people.volunteers.services.pathway import locked, require_lead, settle
from fans.people.volunteers.signals import changed

Level, Outcome = Vetting.Level, Vetting.Outcome


@transaction.atomic
def ask(
    *, volunteer: Volunteer, level: str, reason: str, authority: str, by: Person
) -> Vetting:
    """Write down which check somebody's role needs, and why; none needed is decided so.

    Raises:
        NotTheirsError: they do not accompany this volunteer.
        RoleMissingError: it is not decided what the volunteer would do.
        CheckRefusedError: one waits already, or they are under 16: nobody checks them.
        ValidationError: the level or authority is unknown, or the reason holds a number.
    """
    row = locked(volunteer)
    require_lead(row, by)
    if not row.role_slug:
        raise RoleMissingError("Choose first what they would do.")
    if row.vettings.filter(outcome=Outcome.WAITING).exists():
        raise CheckRefusedError("A check is waiting already: decide about it first.")
    if row.age_band == AgeBand.CHILD and level != Level.NONE:
        raise CheckRefusedError("Nobody under 16 is checked.")
    vetting = Vetting(
        volunteer=row,
        role_slug=row.role_slug,
        level=level,
        level_reason=reason.strip(),
        authority=authority,
        asked_on=timezone.localdate(),
    )
    if level == Level.NONE:
        vetting.outcome = Outcome.NOT_NEEDED
        vetting.decided_on, vetting.decided_by = vetting.asked_on, by
    vetting.full_clean()
    vetting.save()
    if vetting.outcome != Outcome.WAITING:  # a question sends nobody back, an answer may
        _follow(row, by)
    return vetting


@transaction.atomic
def decide(
    *,
    vetting: Vetting,
    outcome: str,
    by: Person,
    recheck_on: dt.date | None = None,
    on_update_service: bool | None = None,
) -> Vetting:
    """Decide about a check that waits. Who is not suitable falls back to where that counts.

    Raises:
        NotTheirsError: they do not accompany this volunteer.
        CheckRefusedError: it is decided already, or the outcome is none.
        ValidationError: the next look lies before today.
    """
    row = locked(vetting.volunteer)
    require_lead(row, by)
    standing = Vetting.objects.select_for_update(of=("self",)).get(pk=vetting.pk)
    if standing.outcome != Outcome.WAITING:
        raise CheckRefusedError("Meanwhile somebody decided about this check.")
    if outcome not in {Outcome.OK, Outcome.NOT_OK}:
        raise CheckRefusedError("Say whether it is suitable or not.")
    standing.outcome = outcome
    standing.decided_on, standing.decided_by = timezone.localdate(), by
    standing.recheck_on = recheck_on if outcome == Outcome.OK else None
    standing.on_update_service = on_update_service
    standing.full_clean()
    standing.save()
    _follow(row, by)
    return standing


@transaction.atomic
def take_back(*, vetting: Vetting, by: Person) -> None:
    """Take back a check that waits: asked for by mistake, or at the wrong level.

    Raises:
        NotTheirsError: they do not accompany this volunteer.
        CheckRefusedError: it is decided already.
    """
    row = locked(vetting.volunteer)
    require_lead(row, by)
    if not row.vettings.filter(pk=vetting.pk, outcome=Outcome.WAITING).delete()[0]:
        raise CheckRefusedError("Meanwhile somebody decided about this check.")


@transaction.atomic
def let_alone(*, volunteer: Volunteer, may: bool, by: Person) -> Volunteer:
    """Say whether somebody may be alone with people who live there.

    Raises:
        NotTheirsError: they do not accompany this volunteer.
        NeverAloneError: they are under 18, or no check says that they are suitable.
    """
    row = locked(volunteer)
    require_lead(row, by)
    if may and row.is_young:
        raise NeverAloneError("Under 18 nobody is alone with people who live there.")
    latest = decision(row)
    suits = latest is not None and latest.outcome == Outcome.OK
    if may and not (suits and is_good(latest, timezone.localdate())):
        raise NeverAloneError("Only somebody whose check was decided as suitable.")
    row.may_be_alone = may
    row.full_clean()
    row.save(update_fields=["may_be_alone"])
    changed.send(Volunteer, volunteer=row, by=by)
    return row


def is_cleared(volunteer: Volunteer, on: dt.date | None = None) -> bool:
    """Say whether a good decision for their role stands: all that homes are told of it."""
    return is_good(decision(volunteer), on or timezone.localdate())


def _follow(row: Volunteer, by: Person) -> None:
    """Let a new decision count: for being alone, and for how far they have come."""
    latest = decision(row)
    if row.may_be_alone and (latest is None or latest.outcome != Outcome.OK):
        row.may_be_alone = False
        row.save(update_fields=["may_be_alone"])
    settle(row, by)
    changed.send(Volunteer, volunteer=row, by=by)
