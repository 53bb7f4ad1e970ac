"""What is done about it: an action is planned, begun, done, let go and looked back at."""

import enum
import uuid
from collections.abc import Callable
from typing import Final

from django.db import transaction
from django.utils import timezone

from fans.connections.rhythm import months_after
from fans.learning.errors import NotOfTheTeamError, NotOpenError
from fans.learning.models import (
    FIRST_STEP_WITHIN,
    REVIEW_MONTHS,
    Action,
    OwnerRole,
    Plan,
    Review,
    State,
    Verdict,
)
from fans.learning.services.asking import (
    KEEP,
    check_words,
    hold,
    hold_open,
    refuse_if_changed,
    require,
    sent_before,
    tidied,
)
from fans.learning.services.linking import Links, set_links
from fans.people.models import Person
from fans.people.permissions import roles_for

NO_LINKS: Final = Links()


@transaction.atomic
def plan_action(
    *,
    plan: Plan,
    by: Person,
    what: str,
    first_step: str,
    how_known: str,
    owner: Person | None = None,
    owner_role: str = "",
    links: Links = NO_LINKS,
    client_uuid: uuid.UUID | None = None,
) -> Action:
    """Plan something to do: first step due in 48 hours, looks back in 3 and 6 months.

    Raises:
        PlanIsOverError: the plan is laid by.
        NotOfTheTeamError: ``owner`` has no part in the home's team.
        LearningError: a person's number in it.
        ValidationError: something is not said.
    """
    require(by, plan)
    held = hold_open(plan)
    before: Action | None = sent_before(Action, client_uuid)
    if before is not None and before.plan_id == plan.pk:
        return before
    now = timezone.now()
    action = Action(
        plan=held,
        planned_at=now,
        first_due_at=now + FIRST_STEP_WITHIN,
        written_by=by,
        client_uuid=client_uuid,
    )
    _say(action, what, first_step, how_known, owner, owner_role)
    set_links(plan=held, action=action, links=links)
    planned_on = timezone.localdate(now)
    for month in REVIEW_MONTHS:
        Review.objects.create(
            action=action, month=month, due_on=months_after(planned_on, month)
        )
    return action


@transaction.atomic
def change_action(
    *,
    action: Action,
    by: Person,
    version: int,
    what: str,
    first_step: str,
    how_known: str,
    owner: Person | None,
    owner_role: str,
    links: Links,
) -> Action:
    """Put an action in other words, or into other hands; its days stay.

    Raises:
        ChangedMeanwhileError: somebody else has written since ``version``.
    """
    require(by, action)
    plan = hold_open(action.plan)
    row = hold(action)
    refuse_if_changed(row, version)
    row.version += 1
    _say(row, what, first_step, how_known, owner, owner_role)
    set_links(plan=plan, action=row, links=links)
    return row


def _say(
    action: Action,
    what: str,
    first_step: str,
    how_known: str,
    owner: Person | None,
    owner_role: str,
) -> None:
    action.what, action.first_step = tidied(what), tidied(first_step)
    action.how_known = tidied(how_known)
    if owner is not None and owner.pk != action.owner_id:
        owner_role = _role_of(owner, action.plan)
    elif owner is not None:
        owner_role = action.owner_role
    action.owner, action.owner_role = owner, owner_role
    check_words(action, "what", "first_step", "how_known")
    action.full_clean()
    action.save()


def _role_of(owner: Person, plan: Plan) -> str:
    """Return the word that stays when the person has gone."""
    if not owner.has_perm(KEEP, plan):
        raise NotOfTheTeamError("Choose somebody of the home’s team.", field="owner")
    is_manager = "manager" in roles_for(owner, plan)
    return str(OwnerRole.MANAGER if is_manager else OwnerRole.COORDINATOR)


class Move(enum.StrEnum):
    """What may become of an action."""

    STEP_DONE = "step_done"
    STEP_OPEN = "step_open"
    START = "start"
    DONE = "done"
    LET_GO = "let_go"
    REOPEN = "reopen"


def _step_done(row: Action) -> None:
    row.first_done_at = row.first_done_at or timezone.now()
    if row.state == State.PLANNED:
        row.state, row.started_on = State.STARTED, timezone.localdate()


def _step_open(row: Action) -> None:
    row.first_done_at = None


def _start(row: Action) -> None:
    _require_open(row)
    row.state, row.started_on = State.STARTED, row.started_on or timezone.localdate()


def _done(row: Action) -> None:
    _require_open(row)
    row.state, row.done_on = State.DONE, timezone.localdate()


def _let_go(row: Action) -> None:
    _require_open(row)
    row.state, row.let_go_on = State.LET_GO, timezone.localdate()


def _reopen(row: Action) -> None:
    row.done_on = row.let_go_on = None
    row.state = State.STARTED if row.started_on else State.PLANNED


_MOVES: Final[dict[Move, Callable[[Action], None]]] = {
    Move.STEP_DONE: _step_done,
    Move.STEP_OPEN: _step_open,
    Move.START: _start,
    Move.DONE: _done,
    Move.LET_GO: _let_go,
    Move.REOPEN: _reopen,
}


def _require_open(row: Action) -> None:
    if not row.is_open:
        raise NotOpenError(f"This is {row.get_state_display().lower()} already.")


@transaction.atomic
def move(*, action: Action, by: Person, to: Move) -> Action:
    """Move an action on, or back. Of two at once the second is told how it stands.

    Raises:
        NotOpenError: it is done or let go already.
        PlanIsOverError: the plan is laid by.
    """
    require(by, action)
    hold_open(action.plan)
    row = hold(action)
    _MOVES[to](row)
    row.version += 1
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def hold_review(
    *, review: Review, by: Person, version: int, changed: str, verdict: str
) -> Review:
    """Keep what a look back found. "Stop" lets go of an action that is still open.

    Raises:
        ChangedMeanwhileError: somebody else has written since ``version``.
        ValidationError: nothing is said, or not whether to go on.
    """
    require(by, review)
    hold_open(review.action.plan)
    action = hold(review.action)
    row = hold(review)
    refuse_if_changed(row, version)
    row.changed, row.verdict = tidied(changed), verdict
    row.held_on, row.held_by = timezone.localdate(), by
    row.version += 1
    check_words(row, "changed")
    row.full_clean()
    row.save()
    if verdict == Verdict.STOP and action.is_open:
        move(action=action, by=by, to=Move.LET_GO)
    return row


@transaction.atomic
def take_review_back(*, review: Review, by: Person) -> Review:
    """Let a look back wait again: it was a slip."""
    require(by, review)
    row = hold(review)
    row.changed = row.verdict = ""
    row.held_on = row.held_by = None
    row.version += 1
    row.full_clean()
    row.save()
    return row
