"""What a lead does beside the stages: the role, references, the list of a role, hearing."""

from django.db import transaction
from django.utils import timezone

from fans.people.models import Person
from fans.people.volunteers.errors import (
    MovedMeanwhileError,
    ReferenceRefusedError,
    RoleDoesNotFitError,
    RoleMissingError,
)
from fans.people.volunteers.models import InductionTick, Reference, Volunteer
from fans.people.volunteers.roles import role_of
from fans.people.volunteers.services.pathway import locked, require_lead, settle
from fans.people.volunteers.signals import changed

MOST_REFERENCES = 6


@transaction.atomic
def choose_role(
    *, volunteer: Volunteer, role_slug: str, by: Person, seen: str | None = None
) -> Volunteer:
    """Say what somebody does; where the new role asks for more they go back to that stage.

    ``seen`` is the role that the page showed.

    Raises:
        NotTheirsError: they do not accompany this volunteer.
        MovedMeanwhileError: their role is another than ``seen``.
        RoleDoesNotFitError: the role is unknown, or for others.
    """
    row = locked(volunteer)
    require_lead(row, by)
    if seen is not None and row.role_slug != seen:
        raise MovedMeanwhileError("Meanwhile somebody chose another role for them.")
    role = role_of(role_slug)
    if role is None or not role.fits(kind=row.kind, is_young=row.is_young):
        raise RoleDoesNotFitError("This role is for others. Choose one of those shown.")
    if row.role_slug == role_slug:
        return row
    row.role_slug, row.may_be_alone = role_slug, False
    row.full_clean()
    row.save(update_fields=["role_slug", "may_be_alone"])
    settled = settle(row, by)
    changed.send(Volunteer, volunteer=settled, by=by)
    return settled


@transaction.atomic
def ask_reference(*, volunteer: Volunteer, referee: str, by: Person) -> Reference:
    """Note that somebody was asked about a volunteer.

    Raises:
        NotTheirsError: they do not accompany this volunteer.
        ReferenceRefusedError: there are six already.
        ValidationError: the name is missing or too long.
    """
    row = locked(volunteer)
    require_lead(row, by)
    if row.references.count() >= MOST_REFERENCES:
        raise ReferenceRefusedError(f"{MOST_REFERENCES} references are enough.")
    if not referee.strip():
        raise ReferenceRefusedError("Put whom you ask.")
    reference = Reference(
        volunteer=row, referee=referee.strip(), asked_on=timezone.localdate(), taken_by=by
    )
    reference.full_clean()
    reference.save()
    return reference


@transaction.atomic
def take_reference(*, reference: Reference, answer: str, by: Person) -> Reference:
    """Note what came back; who they are is forgotten now.

    Raises:
        NotTheirsError: they do not accompany this volunteer.
        ReferenceRefusedError: it was answered already, or the answer is none.
    """
    row = locked(reference.volunteer)
    require_lead(row, by)
    standing = Reference.objects.select_for_update(of=("self",)).filter(pk=reference.pk).first()
    if standing is None or standing.answer != Reference.Answer.WAITING:
        raise ReferenceRefusedError("Meanwhile somebody noted the answer.")
    if answer not in {Reference.Answer.GOOD, Reference.Answer.DOUBTS}:
        raise ReferenceRefusedError("Say what came back.")
    standing.answer, standing.referee = answer, ""
    standing.answered_on, standing.taken_by = timezone.localdate(), by
    standing.full_clean()
    standing.save()
    return standing


@transaction.atomic
def drop_reference(*, reference: Reference, by: Person) -> None:
    """Forget a reference that was never answered.

    Raises:
        NotTheirsError: they do not accompany this volunteer.
        ReferenceRefusedError: it was answered meanwhile.
    """
    row = locked(reference.volunteer)
    require_lead(row, by)
    waiting = row.references.filter(pk=reference.pk, answer=Reference.Answer.WAITING)
    if not waiting.delete()[0]:
        raise ReferenceRefusedError("Meanwhile somebody noted the answer.")


@transaction.atomic
def tick(*, volunteer: Volunteer, done: set[str], shown: set[str], by: Person) -> Volunteer:
    """Set what of the role's list is done, where that differs from what the page showed.

    What somebody else ticked meanwhile stays, and what was ticked keeps its day.

    Raises:
        NotTheirsError: they do not accompany this volunteer.
        RoleMissingError: it is not decided what the volunteer would do.
    """
    row = locked(volunteer)
    require_lead(row, by)
    role = role_of(row.role_slug)
    if role is None:
        raise RoleMissingError("Choose first what they would do.")
    listed = {item.slug for item in role.induction}
    ticked = set(row.inductions.values_list("item", flat=True))
    row.inductions.filter(item__in=(listed & shown) - done).delete()
    InductionTick.objects.bulk_create(
        InductionTick(volunteer=row, item=item, done_on=timezone.localdate(), by=by)
        for item in sorted((listed & done) - shown - ticked)
    )
    return settle(row, by)


@transaction.atomic
def note_heard(*, volunteer: Volunteer, by: Person) -> Volunteer:
    """Note that somebody heard from a volunteer today.

    Raises:
        NotTheirsError: they do not accompany this volunteer.
    """
    row = locked(volunteer)
    require_lead(row, by)
    row.last_heard_on = timezone.localdate()
    row.save(update_fields=["last_heard_on"])
    return row
