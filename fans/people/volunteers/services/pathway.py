"""A volunteer's way from an offer to a visit, to a rest and back: who takes which step."""

from typing import Final

from django.db import transaction
from django.utils import timezone

from fans.people.models import Person, Role
from fans.people.services import end_roles, give_role
from fans.people.volunteers.errors import (
    MovedMeanwhileError,
    NotTheirsError,
    PausedByLeadError,
    WrongStepError,
)
from fans.people.volunteers.models import PATHWAY, AgeBand, Stage, StageEvent, Volunteer
from fans.people.volunteers.services.needs import furthest, next_stage, open_needs
from fans.people.volunteers.signals import changed

ACTION: Final = "volunteers.view"
"""The permission of those who accompany volunteers."""

_OWN: Final = frozenset({Stage.RESTING, Stage.LEFT})
_MET_IN_PERSON: Final = frozenset({Stage.MET, Stage.INDUCTED, Stage.ACTIVE})
_MAY_KEEP_ALONE: Final = frozenset({Stage.CHECKED, Stage.INDUCTED, Stage.ACTIVE, Stage.RESTING})
_DOORS_OPEN: Final = frozenset({Stage.ACTIVE, Stage.RESTING})


@transaction.atomic
def begin(*, volunteer: Volunteer, by: Person | None) -> Volunteer:
    """Save somebody who has just offered, at the first stage.

    Raises:
        ValidationError: what they said cannot be kept.
    """
    now = timezone.now()
    volunteer.stage, volunteer.stage_since = Stage.APPLIED, now
    volunteer.last_heard_on = timezone.localdate(now)
    volunteer.full_clean()
    volunteer.save()
    _write(volunteer, by, "")
    return volunteer


@transaction.atomic
def move(
    *,
    volunteer: Volunteer,
    to: str,
    by: Person | None,
    note: str = "",
    seen: str | None = None,
) -> Volunteer:
    """Bring somebody to another stage, and write down when and by whom.

    Forwards one stage at a time, passing over what their role does not need; back to any
    earlier one; to rest from anywhere before leaving, and back to where they were, as far
    as nothing is missing there; to leave from anywhere; and to apply anew after leaving.
    They themselves rest, come back, leave and apply anew; the rest is their lead's.
    ``by`` None is a child's adult, or nobody's hand: it counts as their own. ``seen`` is
    the stage that the page showed.

    Raises:
        NotTheirsError: the step is not theirs to take.
        PausedByLeadError: a lead let them rest, and only a lead ends that.
        MovedMeanwhileError: they stand elsewhere than ``seen``.
        WrongStepError: the stage does not follow.
        AdultMissingError, RoleMissingError, ReferencesMissingError, CheckMissingError,
            InductionMissingError: something has to happen first.
        ValidationError: the note is too long, or gives a reason for a rest.
    """
    row = locked(volunteer)
    if seen is not None and row.stage != seen:
        raise MovedMeanwhileError(
            f"Meanwhile somebody moved them: they are at “{row.get_stage_display()}” now."
        )
    _require_theirs(row, to, by)
    _require_follows(row, to, by)
    if _is_forward(row.stage, to):
        for missing in open_needs(row, to):
            raise missing
    return _enter(row, Stage(to), by, note)


def settle(row: Volunteer, by: Person | None) -> Volunteer:
    """Bring somebody, locked, back to where nothing is missing; there already, nothing."""
    if row.stage not in PATHWAY:
        return row
    where = furthest(row, row.stage)
    return row if where == row.stage else _enter(row, where, by, "")


def returns_to(volunteer: Volunteer) -> Stage:
    """Return where somebody who rests comes back to."""
    before = volunteer.events.exclude(stage=Stage.RESTING).values_list("stage", flat=True)
    return furthest(volunteer, before.first() or Stage.APPLIED)


def is_paused_by_lead(volunteer: Volunteer) -> bool:
    """Say whether somebody rests who may not end it themselves."""
    return volunteer.paused_by_lead


def locked(volunteer: Volunteer) -> Volunteer:
    """Return the row as it stands now; until the end of the transaction nobody changes it."""
    rows = Volunteer.objects.select_for_update(of=("self",)).select_related("person")
    return rows.get(pk=volunteer.pk)


def require_lead(volunteer: Volunteer, by: Person) -> None:
    """Refuse whoever does not accompany this volunteer, and the volunteer themself.

    Raises:
        NotTheirsError: it is not theirs to do.
    """
    if by.pk == volunteer.person_id:
        raise NotTheirsError("Nobody clears themselves: another lead does this.")
    if not by.has_perm(ACTION, volunteer):
        raise NotTheirsError("This is for the lead of their area.")


def _is_forward(stage: str, to: str) -> bool:
    if stage not in PATHWAY or to not in PATHWAY:
        return False
    return PATHWAY.index(Stage(to)) > PATHWAY.index(Stage(stage))


def _is_own(row: Volunteer, by: Person | None) -> bool:
    return by is None or by.pk == row.person_id


def _require_theirs(row: Volunteer, to: str, by: Person | None) -> None:
    if by is not None and not _is_own(row, by):
        require_lead(row, by)
    elif row.stage == Stage.RESTING and to in PATHWAY:
        if row.paused_by_lead:
            raise PausedByLeadError("Please talk to your volunteer lead first.")
    elif to not in _OWN and not (row.stage == Stage.LEFT and to == Stage.APPLIED):
        raise NotTheirsError("The volunteer lead takes this step.")


def _require_follows(row: Volunteer, to: str, by: Person | None) -> None:
    if to not in _following(row, by):
        wanted = Stage(to).label if to in Stage.values else to
        raise WrongStepError(f"“{wanted}” does not follow “{row.get_stage_display()}”.")


def _following(row: Volunteer, by: Person | None) -> set[str | None]:
    if row.stage == Stage.LEFT:
        return {Stage.APPLIED}
    if row.stage == Stage.RESTING:
        # Their own rest may become one that only a lead ends.
        paused = set() if row.paused_by_lead or _is_own(row, by) else {Stage.RESTING}
        return {Stage.LEFT, returns_to(row), *paused}
    earlier = PATHWAY[: PATHWAY.index(Stage(row.stage))]
    return {Stage.LEFT, Stage.RESTING, next_stage(row), *earlier}


def _enter(row: Volunteer, to: Stage, by: Person | None, note: str) -> Volunteer:
    now, before, is_own = timezone.now(), row.stage, _is_own(row, by)
    row.stage, row.stage_since = to, now
    row.paused_by_lead = to == Stage.RESTING and not is_own
    if (is_own and by is not None) or to in _MET_IN_PERSON:
        row.last_heard_on = timezone.localdate(now)
    if to not in _MAY_KEEP_ALONE:
        row.may_be_alone = False
    row.full_clean()
    row.save()
    _write(row, by, note)
    _open_doors(row, before, by, keep=is_own and to == Stage.RESTING)
    changed.send(Volunteer, volunteer=row, by=by)
    return row


def _open_doors(row: Volunteer, before: str, by: Person | None, *, keep: bool) -> None:
    """Give the role of a volunteer to the active, and end it where they no longer are."""
    if row.stage == Stage.ACTIVE:
        if row.age_band != AgeBand.CHILD:  # under 16 nobody has an account
            give_role(person=row.person, role=Role.VOLUNTEER, by=by)
    elif row.stage == Stage.LEFT or (before in _DOORS_OPEN and not keep):
        end_roles(person=row.person, role=Role.VOLUNTEER, by=by)


def _write(row: Volunteer, by: Person | None, note: str) -> None:
    event = StageEvent(
        volunteer=row, stage=row.stage, at=row.stage_since, by=by, note=note.strip()
    )
    event.full_clean()
    event.save()
