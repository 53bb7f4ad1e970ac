"""What becomes of matches when their volunteer rests, leaves, or loses a clearance."""

from typing import Any

from django.utils import timezone

from fans.connections.matches.models import (
    Happening,
    Manner,
    Match,
    MatchStatus,
    Reason,
    Side,
)
from fans.connections.matches.services.answering import over
from fans.connections.matches.services.going import rest
from fans.connections.matches.services.manner import hold
from fans.connections.matches.services.standing import is_cleared
from fans.people.models import Person
from fans.people.volunteers.models import Stage, Volunteer


def follow(sender: object, *, volunteer: Volunteer, by: Person | None, **kwargs: Any) -> None:
    """Hear of a volunteer who moved or was decided about, held, inside the transaction."""
    rows = Match.objects.open().of_volunteers([volunteer.pk])
    rows = rows.select_for_update(of=("self",)).select_related("home").order_by("pk")
    for row in rows:
        row.volunteer = volunteer
        _follow(row, by)


def _follow(row: Match, by: Person | None) -> None:
    volunteer = row.volunteer
    if volunteer.stage == Stage.LEFT:
        is_begun = row.status in (MatchStatus.LIVE, MatchStatus.RESTING)
        status = MatchStatus.ENDED if is_begun else MatchStatus.DECLINED
        what = Happening.ENDED if is_begun else Happening.DECLINED
        over(row, status, what, Side.RULE, by, Reason.LEFT)
    elif row.status != MatchStatus.LIVE:
        return
    elif volunteer.stage != Stage.ACTIVE:
        # Their own rest they end themselves; else their lead starts it again.
        own = by is None or by.pk == volunteer.person_id
        rest(row, Side.VOLUNTEER if own else Side.BROKER, by)
    elif _goes_alone(row) and not is_cleared(volunteer, timezone.localdate()):
        hold(row, by)


def _goes_alone(row: Match) -> bool:
    return row.manner == Manner.ALONE and row.held_since is None
