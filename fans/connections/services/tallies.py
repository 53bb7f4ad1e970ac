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
    tally = home.tallies.filter(month=first).first() or Tally(home=home, month=first)
    tally.occupied_beds, tally.residents_out, tally.residents_reached = numbers
    tally.counted_by = by
    tally.full_clean()
    tally.save()
    log_changed.send(Connection, home_ids={home.pk})
    return tally
