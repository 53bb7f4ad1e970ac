"""Closing waves: the last score is made, and from then on nothing moves it."""

import datetime as dt
import logging
from typing import Any, Final

import pgtrigger
from django.apps import apps
from django.db import transaction
from django.utils import timezone

from fans.connections.services.locks import hold_log
from fans.openness.errors import WaveClosedError
from fans.openness.models import (
    STAYING_MONTHS,
    WAVE_STAYS_CLOSED,
    Wave,
    WaveState,
)
from fans.openness.services import plan_waves, score_wave
from fans.openness.waves.errors import TooLateError, WindowError
from fans.openness.waves.services.holding import held
from fans.openness.waves.words import closed_words, day_words
from fans.people.models import Person

logger = logging.getLogger(__name__)

LAST_MONTH: Final = 6


@transaction.atomic
def close_wave(*, wave: Wave, by: Person | None) -> Wave:
    """Make a wave's last score and close it; ``by`` is nobody where its day has passed.

    Who is writing the home's log, or handing in an answer, is waited for: it counts.
    Whatever comes after is left for the addendum. Closed early, today becomes the last
    day. Closing month 6 plans the staying checks.

    Raises:
        WaveClosedError: somebody was first; it says who and when.
        WindowError: it has not opened yet.
    """
    hold_log(wave.enrolment.home)
    row = held(wave)
    if row.closed_at is not None:
        raise WaveClosedError(closed_words(row))
    today = timezone.localdate()
    if row.state_on(today) == WaveState.PLANNED:
        raise WindowError(
            f"Month {row.month} has not opened yet: it opens on {day_words(row.opens_on)}."
        )
    row.closes_on = min(row.closes_on, today)
    score_wave(wave=row, as_of=row.look_back_until or row.closes_on)
    row.closed_at, row.closed_by = timezone.now(), by
    row.full_clean()
    row.save()
    if row.month == LAST_MONTH:
        plan_waves(enrolment=row.enrolment, months=STAYING_MONTHS)
    return row


def close_waves_due(*, day: dt.date) -> int:
    """Close the waves whose last day was before ``day``; return how many.

    Each is a transaction of its own: one that fails is tried again the next night.
    """
    closed = 0
    due = Wave.objects.to_close_on(day).select_related("enrolment__home").order_by("pk")
    for wave in due:
        try:
            close_wave(wave=wave, by=None)
        except WaveClosedError:
            continue  # somebody closed it meanwhile
        except Exception:  # one home's trouble is not everybody's
            logger.exception("Wave %d could not be closed.", wave.pk)
        else:
            closed += 1
    return closed


@transaction.atomic
def undo_close(*, wave: Wave, by: Person | None) -> Wave:
    """Open a wave again that somebody closed by a slip, as it was before.

    Ten minutes are ten minutes, also where clocks change in between. Answers that came
    meanwhile count, and the wave is scored anew.

    Raises:
        TooLateError: it is not closed, closed by itself, or ten minutes have passed.
    """
    row = held(wave)
    if not row.may_reopen(timezone.now()):
        raise TooLateError(
            f"{closed_words(row)} That can be undone for ten minutes. "
            "Later answers join the addendum."
        )
    meanwhile = row.assessments.filter(is_late=True, submitted_at__gte=row.closed_at)
    row.closes_on = _last_day_before(row)
    row.closed_at = row.closed_by = None
    with pgtrigger.ignore(f"openness.Wave:{WAVE_STAYS_CLOSED}"):
        row.full_clean()
        row.save()
    for assessment in meanwhile:
        assessment.is_late = False
        assessment.save(update_fields=["is_late"])
    score_wave(wave=row)
    return row


def _last_day_before(wave: Wave) -> dt.date:
    """Return the last day that the wave had before it was closed, as its history tells."""
    history: Any = apps.get_model("openness", "WaveEvent").objects
    before = history.filter(pgh_obj_id=wave.pk, pgh_label="update", closed_at__isnull=True)
    last_day: dt.date = before.order_by("-pgh_id").values_list("closes_on", flat=True)[0]
    return last_day
