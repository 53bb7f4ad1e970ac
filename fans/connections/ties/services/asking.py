"""Would you like to connect? Asking, and the answer that the home heard."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from fans.connections.models import Partnership, PartnershipStatus
from fans.connections.services.partners import (
    BEFORE_ACTIVE,
    BEFORE_AGREED,
    Side,
    how_of,
    refuse_if_over,
)
from fans.connections.ties.errors import AnsweredError, TiesError
from fans.connections.ties.models import Answer, Approach, How, Kind
from fans.connections.ties.recording import write
from fans.connections.ties.services.ending import note_declined
from fans.connections.ties.services.held import held_for
from fans.people.models import Person


@transaction.atomic
def approach(
    *,
    partnership: Partnership,
    by: Person,
    channel: str,
    words: str = "",
    asked_on: dt.date | None = None,
    follow_up_on: dt.date | None = None,
) -> Approach:
    """Note that somebody was asked, and how; the tie is asked from then on.

    Raises:
        PermissionDenied: ``by`` may not change this tie.
        PartnershipOverError: the tie is over.
        TiesError: the day is still to come.
        ValidationError: no such channel, or the words are too long.
    """
    tie = held_for(partnership, by)
    today = timezone.localdate()
    if asked_on is not None and asked_on > today:
        raise TiesError("That day is still to come. Put a day up to today.", field="asked_on")
    return note_asked(
        tie,
        by=by,
        channel=channel,
        words=words.strip(),
        asked_on=asked_on or today,
        follow_up_on=follow_up_on,
    )


def note_asked(tie: Partnership, *, by: Person, **said: object) -> Approach:
    """Keep an approach to the partner of a tie that is held.

    Raises:
        PartnershipOverError: the tie is over.
        ValidationError: a column of the approach is wrong.
    """
    refuse_if_over(tie)
    asked = Approach(partnership=tie, asked_by=by, **said)
    asked.full_clean(exclude=["asked_by"])
    asked.save()
    status = PartnershipStatus.ASKED if tie.status in BEFORE_AGREED else tie.status
    write(tie, kind=Kind.ASKED, by=by, approach=asked, status=str(status))
    return asked


@transaction.atomic
def answer(
    *,
    approach: Approach,
    by: Person,
    answer: str,
    reason: str = "",
    words: str = "",
    follow_up_on: dt.date | None = None,
) -> Approach:
    """Note the answer that the home heard. A yes heard is not yet the partner's own word.

    Raises:
        PermissionDenied: ``by`` may not change this tie.
        AnsweredError: the approach was taken back.
        PartnershipOverError: the tie is over.
        TiesError: no such answer, or a no without a reason.
    """
    tie = held_for(approach.partnership, by)
    row = held_approach(approach, tie)
    note_answer(
        tie,
        row,
        by=by,
        answer=answer,
        reason=reason,
        words=words,
        follow_up_on=follow_up_on,
        how=how_of(by, tie),
    )
    return row


def held_approach(approach: Approach, tie: Partnership) -> Approach:
    """Return an approach as it stands now, its tie being held.

    Raises:
        AnsweredError: it was taken back, or is no approach of this tie.
    """
    row = Approach.objects.standing().filter(pk=approach.pk, partnership=tie).first()
    if row is None:
        raise AnsweredError("This was taken back. Ask again first.")
    return row


def note_answer(
    tie: Partnership,
    row: Approach,
    *,
    by: Person | None,
    answer: str,
    reason: str = "",
    words: str = "",
    follow_up_on: dt.date | None = None,
    how: str = How.ACCOUNT,
) -> None:
    """Note an answer to an approach of a tie that is held; a no to a beginning declines it.

    Raises:
        PartnershipOverError: the tie is over.
        TiesError: no such answer, or a no without a reason.
    """
    refuse_if_over(tie)
    answered = answered_with(row, answer=answer, words=words, follow_up_on=follow_up_on)
    told: dict[str, Any] = {"by": by, "how": how, "approach": row, "words": words.strip()}
    if answer == Answer.NO and tie.status in BEFORE_ACTIVE:
        note_declined(tie, side=Side.PARTNER, reason=reason, **told, **answered)
        return
    status = tie.status
    if answer == Answer.YES and status in BEFORE_AGREED:
        status = PartnershipStatus.AGREED
    side = Side.PARTNER.value
    write(tie, kind=Kind.ANSWERED, side=side, status=str(status), **told, **answered)


def answered_with(
    row: Approach, *, answer: str, words: str, follow_up_on: dt.date | None
) -> dict[str, Any]:
    """Keep what they said to an approach; return the columns that an answer changes.

    Raises:
        TiesError: no such answer.
    """
    if answer not in Answer.values or answer == Answer.WAITING:
        raise TiesError("Choose what they answered.", field="answer")
    today = timezone.localdate()
    if answer == Answer.TALK:
        follow_up_on = follow_up_on or today
    row.reply = words.strip()
    row.full_clean(exclude=["asked_by"], validate_unique=False)
    row.save(update_fields=["reply"])
    return {"answer": answer, "answered_on": today, "follow_up_on": follow_up_on}
