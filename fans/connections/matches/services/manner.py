"""Whether somebody may be alone with people who live there: said by the volunteer's lead."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from fans.connections.matches.errors import MovedMeanwhileError, NotClearedError
from fans.connections.matches.models import Happening, Manner, Match, MatchStatus, Side
from fans.connections.matches.services.going import NOT_CLEARED
from fans.connections.matches.services.sides import require_lead
from fans.connections.matches.services.standing import is_cleared, locked, write
from fans.people.models import Person


@transaction.atomic
def set_manner(*, match: Match, manner: str, by: Person) -> Match:
    """Say how somebody comes. To be alone there waits until they are cleared.

    Raises:
        NotTheirsError: ``by`` does not accompany the volunteer.
        MovedMeanwhileError: it is over.
        NotClearedError: they are under 18, or it is live and no check lets them.
        ValidationError: there is no such manner.
    """
    row = locked(match)
    require_lead(row.volunteer, by)
    if row.is_over:
        raise MovedMeanwhileError("Meanwhile it is over.")
    if row.manner == manner:
        return row
    if manner == Manner.ALONE:
        if row.volunteer.is_young:
            raise NotClearedError("Under 18 nobody is alone with people who live there.")
        if row.status == MatchStatus.LIVE and not _cleared(row):
            raise NotClearedError(NOT_CLEARED)
    write(row, what=Happening.MANNER, side=Side.BROKER, by=by, manner=manner, held_since=None)
    return row


@transaction.atomic
def release(*, match: Match, by: Person) -> Match:
    """Let somebody be alone there again, once their check was looked at.

    Raises:
        NotTheirsError: ``by`` does not accompany the volunteer.
        NotClearedError: no check lets them.
    """
    row = locked(match)
    require_lead(row.volunteer, by)
    if row.held_since is None or row.is_over:
        return row
    if not _cleared(row):
        raise NotClearedError(NOT_CLEARED)
    write(row, what=Happening.RELEASED, side=Side.BROKER, by=by, held_since=None)
    return row


def hold(row: Match, by: Person | None, at: dt.datetime | None = None) -> None:
    """Hold a match, held by the caller, to visits with somebody at hand."""
    since = at or timezone.now()
    write(row, what=Happening.HELD, side=Side.RULE, by=by, held_since=since)


def _cleared(row: Match) -> bool:
    return is_cleared(row.volunteer, timezone.localdate())
