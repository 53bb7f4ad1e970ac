"""Opening waves before their day, and moving their windows."""

import datetime as dt
from typing import Final

from django.db import transaction
from django.utils import timezone

from fans.openness.errors import WaveClosedError
from fans.openness.models import Wave, WaveState
from fans.openness.services import score_wave
from fans.openness.waves.errors import WaveOpenError, WindowError
from fans.openness.waves.services.holding import held
from fans.openness.waves.words import closed_words, day_words, open_words
from fans.people.models import Person

FEWEST_DAYS: Final = 7
MOST_DAYS: Final = 84
"""Answers three months apart are no longer one picture."""


@transaction.atomic
def open_wave(*, wave: Wave, by: Person | None) -> Wave:
    """Open a planned wave today; its window keeps its length.

    Raises:
        WaveOpenError: it is open already; it says since when and by whom.
        WaveClosedError: it is closed; it says by whom and when.
        WindowError: another month of this home lies in these days.
    """
    row = held(wave)
    today = timezone.localdate()
    state = row.state_on(today)
    if state == WaveState.CLOSED:
        raise WaveClosedError(closed_words(row))
    if state == WaveState.OPEN:
        raise WaveOpenError(open_words(row))
    row.closes_on = today + (row.closes_on - row.opens_on)
    row.opens_on, row.opened_by = today, by
    return _with_window(row)


@transaction.atomic
def move_window(
    *, wave: Wave, opens_on: dt.date, closes_on: dt.date, by: Person | None
) -> Wave:
    """Give a wave other days; of an open one the last day alone.

    Raises:
        WaveClosedError: it is closed; it says by whom and when.
        WindowError: these days cannot be; its ``field`` says which of the two.
    """
    row = held(wave)
    today = timezone.localdate()
    state = row.state_on(today)
    if state == WaveState.CLOSED:
        raise WaveClosedError(closed_words(row))
    if state == WaveState.OPEN and opens_on != row.opens_on:
        raise WindowError(f"{open_words(row)} Its first day stays as it is.", "opens_on")
    if state == WaveState.PLANNED and opens_on < today:
        raise WindowError("The first day cannot be before today.", "opens_on")
    if closes_on < today:
        raise WindowError("The last day cannot be before today: close it instead.", "closes_on")
    row.opens_on, row.closes_on = opens_on, closes_on
    if state == WaveState.PLANNED and opens_on == today:
        row.opened_by = by
    return _with_window(row)


def _with_window(row: Wave) -> Wave:
    days = (row.closes_on - row.opens_on).days + 1
    if not FEWEST_DAYS <= days <= MOST_DAYS:
        raise WindowError(
            f"A wave is open for {FEWEST_DAYS} to {MOST_DAYS} days. These are {days}.",
            "closes_on",
        )
    _refuse_overlap(row)
    row.full_clean()
    row.save()
    if row.is_open_on(timezone.localdate()):
        score_wave(wave=row)
    return row


def _refuse_overlap(row: Wave) -> None:
    others = Wave.objects.filter(enrolment=row.enrolment_id).exclude(pk=row.pk)
    for other in others:
        if other.opens_on <= row.closes_on and other.closes_on >= row.opens_on:
            raise WindowError(
                f"Month {other.month} has the days from {day_words(other.opens_on)} to "
                f"{day_words(other.closes_on)}. Two months of one home cannot be open at once.",
                "closes_on" if other.month > row.month else "opens_on",
            )
        if (other.month < row.month) != (other.closes_on < row.opens_on):
            raise WindowError(
                f"Month {row.month} cannot come "
                f"{'before' if other.month < row.month else 'after'} month {other.month}.",
                "opens_on",
            )
