"""A match that has begun: it starts, rests, goes on and ends."""

from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from fans.connections.matches.errors import (
    MovedMeanwhileError,
    NotClearedError,
    NotTheirsError,
)
from fans.connections.matches.models import Happening, Manner, Match, MatchStatus, Side
from fans.connections.matches.services.answering import over
from fans.connections.matches.services.sides import (
    accompanies,
    require_side,
    side_of,
)
from fans.connections.matches.services.standing import (
    is_cleared,
    locked,
    require_can_go_on,
    write,
)
from fans.people.models import Person

NOT_CLEARED: Final = (
    "To be alone with people who live there takes a check that was decided as suitable and "
    "is not due anew, and the lead’s word. Until then: with somebody at hand."
)


@transaction.atomic
def start(*, match: Match, by: Person) -> Match:
    """Note that the visits begin: both have said yes, and whoever goes alone is cleared.

    Raises:
        NotTheirsError: ``by`` is neither of the home nor between the two.
        MovedMeanwhileError: not both have said yes, or it is over.
        NotClearedError: they would be alone there, and no check lets them.
        NotActiveError, HomeClosedError: one of the two is not there to be visited.
    """
    row = locked(match)
    side = _side(row, by, without=Side.VOLUNTEER)
    if row.status == MatchStatus.LIVE:
        return row
    if row.status != MatchStatus.AGREED:
        raise MovedMeanwhileError("It starts once both have said yes.")
    require_can_go_on(row)
    if row.manner == Manner.ALONE and not is_cleared(row.volunteer, timezone.localdate()):
        raise NotClearedError(NOT_CLEARED)
    write(
        row, what=Happening.STARTED, side=side, by=by, status=MatchStatus.LIVE,
        started_at=row.started_at or timezone.now(), held_since=None,
    )  # fmt: skip
    return row


@transaction.atomic
def let_rest(*, match: Match, by: Person) -> Match:
    """Let it rest for a while; no reason is asked, none is kept.

    Raises:
        NotTheirsError: ``by`` is of neither side, nor between them.
        MovedMeanwhileError: nobody comes by it.
    """
    row = locked(match)
    side = _side(row, by)
    if row.status == MatchStatus.RESTING:
        return row
    if row.status != MatchStatus.LIVE:
        raise MovedMeanwhileError("Only visits that have begun can rest.")
    rest(row, side, by)
    return row


def rest(row: Match, side: str, by: Person | None) -> None:
    """Write that a live match, held by the caller, rests."""
    write(
        row, what=Happening.RESTED, side=side, by=by, status=MatchStatus.RESTING,
        rested_side=side,
    )  # fmt: skip


@transaction.atomic
def resume(*, match: Match, by: Person) -> Match:
    """Let it go on: the side that let it rest says so, or the volunteer's lead.

    Whoever may not be alone there by now comes with somebody at hand.

    Raises:
        NotTheirsError: the other side let it rest.
        MovedMeanwhileError: it does not rest.
        NotActiveError, HomeClosedError: one of the two is not there to be visited.
    """
    row = locked(match)
    side = _side(row, by)
    if row.status == MatchStatus.LIVE:
        return row
    if row.status != MatchStatus.RESTING:
        raise MovedMeanwhileError("It does not rest.")
    if side != row.rested_side and not accompanies(row.volunteer, by):
        raise NotTheirsError("The other side let it rest: they start it again.")
    require_can_go_on(row)
    write(
        row, what=Happening.RESUMED, side=side, by=by, status=MatchStatus.LIVE,
        rested_side="", **held_unless_cleared(row),
    )  # fmt: skip
    return row


@transaction.atomic
def end(*, match: Match, by: Person, reason: str, words: str = "") -> Match:
    """End it, with one of the reasons; ended already, it stays so.

    Raises:
        NotTheirsError: ``by`` is of neither side, nor between them.
        MovedMeanwhileError: it never began.
        ValidationError: the reason is none that somebody gives, or the words are too long.
    """
    row = locked(match)
    side = _side(row, by)
    if row.status == MatchStatus.ENDED:
        return row
    if row.status not in (MatchStatus.LIVE, MatchStatus.RESTING):
        raise MovedMeanwhileError("It has not begun: say no instead.")
    over(row, MatchStatus.ENDED, Happening.ENDED, side, by, reason, words)
    return row


def held_unless_cleared(row: Match) -> dict[str, Any]:
    """Return what holds a match to visits with somebody at hand, where that is needed."""
    alone = row.manner == Manner.ALONE and row.held_since is None
    if alone and not is_cleared(row.volunteer, timezone.localdate()):
        return {"held_since": timezone.now()}
    return {}


def _side(row: Match, by: Person, without: str = "") -> Side:
    side = side_of(row, by)
    if side is None or side == without:
        require_side(Side.BROKER, home=row.home, volunteer=row.volunteer, by=by)
        return Side.BROKER
    return side
