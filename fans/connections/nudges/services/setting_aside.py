"""Putting a reminder off, closing it, bringing it back: on one's own list alone."""

import datetime as dt
import enum

from django.db import transaction

from fans.connections.nudges.errors import NotOnYourListError
from fans.connections.nudges.models import Aside, Reason
from fans.connections.nudges.waiting import nudges_for
from fans.connections.rhythm import months_after
from fans.people.models import Person


class Later(enum.StrEnum):
    """How long a reminder is put off for."""

    WEEK = "week"
    MONTH = "month"

    def from_day(self, day: dt.date) -> dt.date:
        """Return the day on which it comes back."""
        return day + dt.timedelta(days=7) if self is Later.WEEK else months_after(day, 1)


@transaction.atomic
def set_aside(
    *, by: Person, kind: str, thing_id: int, word: Later | Reason, today: dt.date
) -> Aside:
    """Put a reminder off until later, or close it as it stands, with a reason.

    Raises:
        NotOnYourListError: nothing of theirs, or nothing any more, is called so.
    """
    shown, hidden = nudges_for(by, today)
    nudge = next((one for one in (*shown, *hidden) if one.key == (kind, thing_id)), None)
    if nudge is None:
        raise NotOnYourListError("This is not on your list any more.")
    # Two windows, one after the other.
    Person.objects.select_for_update().get(pk=by.pk)
    own = Aside.objects.of(by).filter(kind=kind, thing_id=thing_id)
    row = own.first() or Aside(person=by, kind=kind, thing_id=thing_id)
    row.newest = nudge.standing.newest
    row.until = word.from_day(today) if isinstance(word, Later) else None
    row.reason = word.value if isinstance(word, Reason) else ""
    row.full_clean()
    row.save()
    return row


@transaction.atomic
def bring_back(*, by: Person, pk: int) -> None:
    """Take back what somebody said of a reminder: it stands on their list again.

    Raises:
        NotOnYourListError: they never said so, or have taken it back.
    """
    row = Aside.objects.select_for_update().of(by).filter(pk=pk).first()
    if row is None:
        raise NotOnYourListError("This is on your list already.")
    row.delete()
