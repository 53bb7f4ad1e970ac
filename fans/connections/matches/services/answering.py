"""The yes of each side, and a no."""

from typing import Final

from django.db import transaction
from django.utils import timezone

from fans.connections.matches.errors import MovedMeanwhileError
from fans.connections.matches.models import Happening, Match, MatchStatus, Reason, Side
from fans.connections.matches.services.sides import require_another_hand, require_side
from fans.connections.matches.services.standing import locked, require_can_go_on, write
from fans.people.models import Person

TO_ANSWER: Final = (MatchStatus.SUGGESTED, MatchStatus.ASKED)
NOT_STARTED: Final = (*TO_ANSWER, MatchStatus.AGREED)
SAID: Final = (
    *(Reason.NOT_NOW, Reason.TOO_FAR, Reason.TIMES, Reason.NO_STAFF, Reason.ENOUGH),
    Reason.OTHER,
)
"""Reasons that somebody may give; the others follow from what happened."""


@transaction.atomic
def say_yes(*, match: Match, side: str, by: Person) -> Match:
    """Note that one side says yes; with both, they are agreed. Again it changes nothing.

    Raises:
        NotTheirsError: ``by`` does not speak for the side.
        SameHandError: ``by`` said the other side's yes.
        MovedMeanwhileError: it is over.
        NotActiveError, HomeClosedError: one of the two is not there to be visited.
    """
    row = locked(match)
    require_side(side, home=row.home, volunteer=row.volunteer, by=by)
    if row.is_over:
        raise MovedMeanwhileError("Meanwhile this did not come about. It can be asked anew.")
    if row.yes_of(side) is not None:
        return row
    require_another_hand(row, side, by)
    require_can_go_on(row)
    other = Side.VOLUNTEER if side == Side.HOME else Side.HOME
    status = MatchStatus.AGREED if row.yes_of(other) else MatchStatus.ASKED
    said = {f"{Side(side)}_yes_at": timezone.now(), "status": status}
    write(row, what=Happening.YES, side=side, by=by, **said)
    return row


@transaction.atomic
def decline(*, match: Match, side: str, by: Person, reason: str, words: str = "") -> Match:
    """Say no before it has started; declined already, it stays so.

    Raises:
        NotTheirsError: ``by`` does not speak for the side.
        MovedMeanwhileError: it has started, or ended.
        ValidationError: the reason is none that somebody gives, or the words are too long.
    """
    row = locked(match)
    require_side(side, home=row.home, volunteer=row.volunteer, by=by)
    if row.status == MatchStatus.DECLINED:
        return row
    if row.status not in NOT_STARTED:
        raise MovedMeanwhileError("Meanwhile it has started: end it instead.")
    over(row, MatchStatus.DECLINED, Happening.DECLINED, side, by, reason, words)
    return row


def over(
    row: Match,
    status: str,
    what: str,
    side: str,
    by: Person | None,
    reason: str,
    words: str = "",
) -> None:
    """Write that a match, held by the caller, is over, and why."""
    if side != Side.RULE and reason not in SAID:
        reason = ""  # the table refuses it, by name
    write(
        row, what=what, side=side, by=by, status=status, reason=reason, words=words.strip(),
        rested_side="",
    )  # fmt: skip
