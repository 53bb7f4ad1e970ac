"""Writes on tallies: a home's own three numbers for a month."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from fans.connections.errors import EmptyTallyError, StillToComeError
from fans.connections.models import Connection, Tally
from fans.connections.services.locks import hold_log
from fans.connections.signals import log_changed
from fans.people.models import Person
from homes.models import Home

Numbers = tuple[int | None, int | None, int | None]
"""Occupied beds, residents who got out, residents who met a neighbour."""


@transaction.atomic
def enter_tally(
    *,
    by: Person | None,
    home: Home,
    month: dt.date,
    occupied_beds: int | None = None,
    residents_out: int | None = None,
    residents_reached: int | None = None,
) -> Tally:
    """Keep the numbers of the month that ``month`` lies in, in place of earlier ones.

    Raises:
        StillToComeError: the month has not begun.
        EmptyTallyError: not one number.
        ValidationError: more people out or reached than live there.
    """
    first = month.replace(day=1)
    if first > timezone.localdate():
        raise StillToComeError(f"{first:%B %Y} is still to come.", field="month")
    numbers = (occupied_beds, residents_out, residents_reached)
    if numbers == (None, None, None):
        raise EmptyTallyError("Put at least one number.", field="occupied_beds")
    hold_log(home)
    tally = put_tally(by=by, home=home, month=first, numbers=numbers)
    assert tally is not None  # noqa: S101 (there is a number)
    log_changed.send(Connection, home_ids={home.pk})
    return tally


def put_tally(
    *, by: Person | None, home: Home, month: dt.date, numbers: Numbers
) -> Tally | None:
    """Keep a month's three numbers; without one number, keep no tally.

    The caller holds the log, has checked the month (its first day), and says that the
    log changed.

    Raises:
        ValidationError: more people out or reached than live there.
    """
    tally = home.tallies.filter(month=month).first() or Tally(home=home, month=month)
    if numbers == (None, None, None):
        if tally.pk is not None:
            tally.delete()
        return None
    tally.occupied_beds, tally.residents_out, tally.residents_reached = numbers
    tally.counted_by = by
    tally.full_clean()
    tally.save()
    return tally
