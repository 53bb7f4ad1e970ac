"""The look-back asked again at months 3 and 6: from memory, to stand beside the log.

Such rows never score. Memory beside memory tells whether more happened, or more was
written down.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from fans.connections.models import PERIOD_DAYS, Connection, LogSource, Partnership
from fans.connections.services import log_connection
from fans.connections.services.locks import hold_log
from fans.connections.signals import log_changed
from fans.connections.steps.look_back import LookBack
from fans.openness.errors import WaveClosedError
from fans.openness.look_back import days_of
from fans.openness.models import PROGRAMME_MONTHS, Wave
from fans.openness.waves.errors import WindowError
from fans.openness.waves.services.holding import held
from fans.openness.waves.words import closed_words, day_words
from fans.people.models import Person

Times = Mapping[tuple[int, str], int]
"""How often, by the id of the tie and the way it went."""


def recalled_in(wave: Wave, asked: LookBack) -> dict[tuple[int, str], int]:
    """Return what was put down from memory for these days. One query."""
    times: dict[tuple[int, str], int] = {}
    for row in _rows(wave, asked):
        key = row.partnership_id, row.direction
        times[key] = times.get(key, 0) + row.occurrences
    return times


@transaction.atomic
def remember(*, wave: Wave, times: Times, by: Person) -> int:
    """Put down how often a home met its ties in the wave's days, from memory.

    Nought takes off what stood there; what is the same stays. Returns how many changed.

    Raises:
        WaveClosedError: the wave is closed.
        WindowError: it has not opened, or asks no look-back of this kind.
        ConnectionsError: the log refuses a row.
    """
    home = wave.enrolment.home
    hold_log(home)
    row = held(wave)
    asked = days_of(row, home)
    _refuse_unless_asked(row, asked)
    before = recalled_in(row, asked)
    ties = {tie.pk: tie for tie in home.partnerships.filter(pk__in={tie for tie, _ in times})}
    changed = 0
    for (tie, way), count in times.items():
        if before.get((tie, way), 0) != count and tie in ties:
            _put_down(row, asked, ties[tie], way, count, by)
            changed += 1
    return changed


def _refuse_unless_asked(wave: Wave, asked: LookBack) -> None:
    if wave.month not in PROGRAMME_MONTHS[1:]:
        raise WindowError(f"Month {wave.month} does not ask this.")
    if asked.is_open:
        return
    if wave.opens_on > timezone.localdate():
        raise WindowError(f"Month {wave.month} opens on {day_words(wave.opens_on)}.")
    raise WaveClosedError(closed_words(wave))


def _put_down(
    wave: Wave, asked: LookBack, tie: Partnership, way: str, count: int, by: Person
) -> None:
    for old in _rows(wave, asked).filter(partnership=tie, direction=way):
        old.undone_at = timezone.now()
        old.save(update_fields=["undone_at"])
    if count:
        first = max(asked.first, asked.last - dt.timedelta(days=PERIOD_DAYS - 1))
        log_connection(
            by=by,
            home=wave.enrolment.home,
            partnership=tie,
            happened_on=asked.last if count == 1 else first,
            until_on=None if count == 1 else asked.last,
            occurrences=count,
            direction=way,
            source=LogSource.RECALL,
        )
    else:
        log_changed.send(Connection, home_ids={wave.enrolment.home_id})


def _rows(wave: Wave, asked: LookBack) -> Any:
    rows: Any = Connection.objects.standing().filter(home=wave.enrolment.home_id)
    rows = rows.filter(source=LogSource.RECALL).with_day()
    return rows.filter(counted_on__gte=asked.first, counted_on__lte=asked.last)
