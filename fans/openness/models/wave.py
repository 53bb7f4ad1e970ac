"""The measuring points of an enrolment, and when each is open."""

import datetime as dt
from typing import Self

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from fans.cohorts.models import Enrolment
from fans.openness.models.instrument import Instrument

PROGRAMME_MONTHS = (0, 3, 6)
STAYING_MONTHS = (9, 12)
"""After the programme's end: which ties are alive without anybody's help?"""

WAVE_MONTHS = (*PROGRAMME_MONTHS, *STAYING_MONTHS)

WAVE_STAYS_CLOSED = "openness_wave_stays_closed"
REOPEN_WITHIN = dt.timedelta(minutes=10)
"""How long a slip of closing can be undone."""
_FIXED_BY_CLOSING = (
    *("closed_at", "opens_on", "closes_on"),
    *("look_back_until", "instrument_id", "month"),
)


def _columns(of: str) -> str:
    return ", ".join(f"{of}.{column}" for column in _FIXED_BY_CLOSING)


class WaveState(models.TextChoices):
    """Where a wave is in its life."""

    PLANNED = "planned", "Planned"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class WaveQuerySet(models.QuerySet["Wave"]):
    """Waves by their days."""

    def open_on(self, day: dt.date) -> Self:
        """Keep waves that are open on ``day``, both ends included."""
        return self.filter(closed_at__isnull=True, opens_on__lte=day, closes_on__gte=day)

    def to_score_on(self, day: dt.date) -> Self:
        """Keep begun waves whose score still moves, or was made before their last day."""
        last_day = Coalesce("look_back_until", "closes_on")
        return self.filter(
            Q(closes_on__gte=day) | Q(score__isnull=True) | Q(score__as_of__lt=last_day),
            opens_on__lte=day,
            closed_at__isnull=True,
        )

    def to_close_on(self, day: dt.date) -> Self:
        """Keep waves whose last day was before ``day`` and that nobody has closed."""
        return self.filter(closes_on__lt=day, closed_at__isnull=True)


@pghistory.track()
class Wave(models.Model):
    """One measuring point of one enrolment: month 0, 3 or 6, or a staying check after it."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="waves")
    month = models.PositiveSmallIntegerField(choices=[(m, f"month {m}") for m in WAVE_MONTHS])
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="waves")
    opens_on = models.DateField()
    closes_on = models.DateField()
    # In wave 0: the last day that the look-back asks about.
    look_back_until = models.DateField(null=True, blank=True)
    # Null where it opened, or closed, because its day had come.
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = WaveQuerySet.as_manager()

    class Meta:
        ordering = ["enrolment", "month"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "month"], name="openness_wave_once"),
            models.CheckConstraint(
                condition=Q(month__in=WAVE_MONTHS), name="openness_wave_month_known"
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="openness_wave_ordered"
            ),
            models.CheckConstraint(
                condition=Q(look_back_until__isnull=True) | Q(month=0),
                name="openness_wave_look_back_0",
            ),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True) | Q(closed_at__isnull=False),
                name="openness_wave_closed_when",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name=WAVE_STAYS_CLOSED,
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.closed_at IS NOT NULL AND "
                    f"({_columns('OLD')}) IS DISTINCT FROM ({_columns('NEW')})"
                ),
                func=f"""
                RAISE EXCEPTION '{WAVE_STAYS_CLOSED}: wave % is closed', OLD.id
                  USING ERRCODE = 'check_violation', CONSTRAINT = '{WAVE_STAYS_CLOSED}';
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}, month {self.month}"

    def state_on(self, day: dt.date) -> WaveState:
        """Say where the wave is on ``day``; once closed it stays so, whatever the day."""
        if self.closed_at is not None or day > self.closes_on:
            return WaveState.CLOSED
        return WaveState.PLANNED if day < self.opens_on else WaveState.OPEN

    def is_open_on(self, day: dt.date) -> bool:
        """Say whether answers are scored and the score moves on ``day``."""
        return self.state_on(day) == WaveState.OPEN

    def may_reopen(self, now: dt.datetime) -> bool:
        """Say whether a close was somebody's and is still to be taken back."""
        return (
            self.closed_at is not None
            and self.closed_by_id is not None
            and now <= self.closed_at + REOPEN_WITHIN
        )

    def still_moves(self, now: dt.datetime) -> bool:
        """Say whether its score may still come out otherwise.

        Until a close can no longer be taken back nothing more is shown of the wave than
        while it was open: close, look, open, add one sheet and close again would tell
        what stood on that sheet.
        """
        return self.is_open_on(timezone.localdate(now)) or self.may_reopen(now)

    @property
    def is_staying_check(self) -> bool:
        """Whether it comes after the programme's end."""
        return self.month in STAYING_MONTHS

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scopes that a permission on this wave is asked in."""
        return self.enrolment.permission_scope()
