"""Hours given: logged, and taken back within ten minutes."""

import datetime as dt
from typing import Final

from django.db import transaction
from django.utils import timezone

from fans.people.services import UNDO_FOR
from fans.people.volunteers.errors import AlreadyLoggedError, NotYetError, TooLateError
from fans.people.volunteers.models import HoursEntry, Stage, Volunteer, VolunteerKind
from homes.models import Home

TWICE: Final = dt.timedelta(seconds=20)
"""The very same hours within so short a time are a second press of the button."""

SHOWN_ROUND: Final = (Stage.INDUCTED, Stage.ACTIVE, Stage.RESTING)


@transaction.atomic
def log_hours(
    *,
    volunteer: Volunteer,
    day: dt.date,
    minutes: int,
    what: str,
    home: Home | None = None,
    people_count: int = 1,
    note: str = "",
) -> HoursEntry:
    """Log time that a volunteer, or each of a group, gave on a day; they count as heard of.

    Raises:
        NotYetError: before being shown round only training counts; after leaving nothing.
        AlreadyLoggedError: the same was logged a moment ago.
        ValidationError: it breaks a rule of the table.
    """
    row = Volunteer.objects.select_for_update().get(pk=volunteer.pk)
    if row.stage not in SHOWN_ROUND and (
        row.stage == Stage.LEFT or what != HoursEntry.What.TRAINING
    ):
        raise NotYetError("Hours count once you have been shown round; training counts now.")
    entry = HoursEntry(
        volunteer=row,
        day=day,
        minutes=minutes,
        what=what,
        home=home,
        people_count=people_count if row.kind == VolunteerKind.GROUP else 1,
        note=note,
    )
    entry.full_clean()
    _refuse_twice(entry)
    entry.save()
    row.last_heard_on = timezone.localdate()
    row.save(update_fields=["last_heard_on"])
    return entry


@transaction.atomic
def undo_hours(*, entry: HoursEntry) -> HoursEntry:
    """Take an entry back within ten minutes; taken back already, it stays so.

    Raises:
        TooLateError: the ten minutes are over.
    """
    row = HoursEntry.objects.select_for_update().get(pk=entry.pk)
    if row.undone_at is not None:
        return row
    if timezone.now() - row.logged_at > UNDO_FOR:
        raise TooLateError("This can be taken back for ten minutes. Ask your lead to mend it.")
    row.undone_at = timezone.now()
    row.save(update_fields=["undone_at"])
    return row


def _refuse_twice(entry: HoursEntry) -> None:
    same = HoursEntry.objects.filter(
        volunteer=entry.volunteer,
        day=entry.day,
        minutes=entry.minutes,
        what=entry.what,
        home=entry.home,
        undone_at__isnull=True,
        logged_at__gt=timezone.now() - TWICE,
    )
    if same.exists():
        raise AlreadyLoggedError("These hours are saved already; they are in the list.")
