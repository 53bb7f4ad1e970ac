"""Scores as they are stored."""

import pgtrigger
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from fans.openness.models.instrument import Instrument
from fans.openness.models.wave import Wave

SCORE_FROZEN = "openness_score_frozen"


class Score(models.Model):
    """A wave's score with the evidence it was made from; rebuilt from these alone.

    Once the wave is closed it neither changes nor goes nor comes (``openness_score_frozen``);
    only a name that strayed into it may be erased.
    """

    wave = models.OneToOneField(Wave, models.CASCADE, related_name="score")
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="+")
    as_of = models.DateField()
    evidence = models.JSONField(encoder=DjangoJSONEncoder)
    result = models.JSONField(encoder=DjangoJSONEncoder)
    overall = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    lived = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    felt = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    computed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["wave"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(overall__isnull=True) | Q(overall__gte=0, overall__lte=100))
                & (Q(lived__isnull=True) | Q(lived__gte=0, lived__lte=100))
                & (Q(felt__isnull=True) | Q(felt__gte=0, felt__lte=100)),
                name="openness_score_0_100",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name=SCORE_FROZEN,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                IF current_setting('fans.erasing', true) IS DISTINCT FROM 'on' AND EXISTS (
                  SELECT FROM openness_wave
                   WHERE closed_at IS NOT NULL AND id IN (OLD.wave_id, NEW.wave_id)
                ) THEN
                  RAISE EXCEPTION '{SCORE_FROZEN}: the wave of this score is closed'
                    USING ERRCODE = 'check_violation', CONSTRAINT = '{SCORE_FROZEN}';
                END IF;
                RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.wave}: {self.overall}"

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scopes that a permission on this score is asked in."""
        return self.wave.permission_scope()
