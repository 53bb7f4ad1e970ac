"""A tie that is declined, has ended, or is taken up again: only ever said by someone."""

from typing import Any

from django.db import transaction

from fans.connections.models import DeclinedReason, Partnership, PartnershipStatus
from fans.connections.services.partners import Side, refuse_if_over
from fans.connections.ties.errors import NotOverError, TiesError
from fans.connections.ties.models import Approach, How, Kind, TieEvent
from fans.connections.ties.recording import write
from fans.connections.ties.services.held import held_for, held_for_side
from fans.people.models import Person


@transaction.atomic
def decline(
    *,
    partnership: Partnership,
    by: Person,
    reason: str,
    words: str = "",
    side: Side = Side.PARTNER,
) -> Partnership:
    """Note that a side would rather not, and why: matching asks before it suggests it again.

    Raises:
        PermissionDenied: ``by`` speaks for neither that side nor the home.
        PartnershipOverError: the tie is over.
        TiesError: no reason of the list.
    """
    tie, how = held_for_side(partnership, by, side)
    note_declined(tie, by=by, side=side, reason=reason, words=words, how=how)
    return tie


def note_declined(
    tie: Partnership,
    *,
    by: Person | None,
    side: Side,
    reason: str,
    words: str = "",
    how: str = How.ACCOUNT,
    approach: Approach | None = None,
    **answered: Any,
) -> TieEvent:
    """Note a no to a tie that is held, and with it what else it changes of an approach.

    Raises:
        PartnershipOverError: the tie is over.
        TiesError: no reason of the list.
    """
    refuse_if_over(tie)
    if reason not in DeclinedReason.values:
        raise TiesError("Choose a reason from the list.", field="reason")
    words = words.strip()
    tie.declined_words = words  # kept in the step's own words: a step holds no other ones
    event = write(
        tie,
        kind=Kind.DECLINED,
        by=by,
        side=side.value,
        how=how,
        approach=approach,
        words=words,
        status=PartnershipStatus.DECLINED.value,
        declined_reason=reason,
        declined_side=side.value,
        **answered,
    )
    tie.save(update_fields=["declined_words"])
    return event


@transaction.atomic
def end(
    *, partnership: Partnership, by: Person, words: str = "", side: Side = Side.HOME
) -> Partnership:
    """Note that a tie has ended, as a side says.

    Raises:
        PermissionDenied: ``by`` may not say so.
        PartnershipOverError: the tie is over already.
    """
    if side is Side.HOME:
        tie, how = held_for(partnership, by), How.ACCOUNT
    else:
        tie, how = held_for_side(partnership, by, side)
    refuse_if_over(tie)
    write(
        tie,
        kind=Kind.ENDED,
        by=by,
        side=side.value,
        how=how,
        words=words.strip(),
        status=PartnershipStatus.ENDED.value,
    )
    return tie


@transaction.atomic
def reopen(*, partnership: Partnership, by: Person) -> Partnership:
    """Take up again a tie that was over: as an idea, and both sides say yes anew.

    What was said before stays in its story. To mend a slip, undo it instead.

    Raises:
        PermissionDenied: ``by`` may not change this tie.
        NotOverError: nobody said that it is over.
    """
    tie = held_for(partnership, by)
    if not tie.is_over:
        raise NotOverError(f"The tie with {tie.partner} is not over.")
    tie.declined_words = ""
    tie.save(update_fields=["declined_words"])
    write(
        tie,
        kind=Kind.REOPENED,
        by=by,
        status=PartnershipStatus.IDEA.value,
        declined_reason="",
        declined_side="",
        home_confirmed_at=None,
        partner_confirmed_at=None,
    )
    return tie
