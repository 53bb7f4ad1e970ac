"""Taking back the last step of a match, by whoever took it, within ten minutes."""

from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from fans.connections.matches.errors import NotToUndoError, TooLateError
from fans.connections.matches.models import (
    BOTH_SAID_YES,
    Happening,
    Match,
    MatchStatus,
    MatchStep,
    Reason,
)
from fans.connections.matches.services.going import held_unless_cleared
from fans.connections.matches.services.standing import (
    locked,
    note,
    require_can_go_on,
    state_from,
    state_of,
)
from fans.people.models import Person
from fans.people.services import UNDO_FOR

NOT_TO_UNDO: Final = (Happening.UNDONE, Happening.HELD)


@transaction.atomic
def undo(*, step: MatchStep, by: Person) -> Match:
    """Take a step back; a match that it began is over, as if nobody had been asked.

    Raises:
        NotToUndoError: something happened since, or somebody else took the step.
        TooLateError: the ten minutes are over.
        NotActiveError, HomeClosedError: it cannot go on as it did.
    """
    row = locked(step.match)
    latest = row.steps.first()
    if latest is None or latest.pk != step.pk or latest.what in NOT_TO_UNDO:
        raise NotToUndoError("Something happened since: this can’t be taken back any more.")
    if latest.by_id != by.pk:
        raise NotToUndoError("Somebody else did this: they can take it back.")
    if timezone.now() - latest.at > UNDO_FOR:
        raise TooLateError("This can be taken back for ten minutes.")
    stood, before = _stood(latest), state_of(row)
    for name, value in {**stood, "words": ""}.items():
        setattr(row, name, value)
    if row.status in BOTH_SAID_YES:
        require_can_go_on(row)
    if row.status == MatchStatus.LIVE:
        for name, value in held_unless_cleared(row).items():
            setattr(row, name, value)
    row.full_clean()
    row.save()
    note(row, what=Happening.UNDONE, side=latest.side, by=by, before=before, undoes=latest)
    return row


def can_undo(step: MatchStep | None, by: Person) -> bool:
    """Say whether somebody can take the latest step of a match back."""
    if step is None or step.by_id != by.pk or step.what in NOT_TO_UNDO:
        return False
    return timezone.now() - step.at <= UNDO_FOR


def _stood(step: MatchStep) -> dict[str, Any]:
    if step.before:
        return state_from(step.before)
    return {"status": MatchStatus.DECLINED, "reason": Reason.WITHDRAWN}


def latest_step(match: Match) -> MatchStep | None:
    """Return what happened last to a match."""
    return match.steps.select_related("by").first()
