"""Who was told what about a wave: each once."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from fans.openness.models import Wave
from fans.openness.waves.stages import Stage

DIGEST = "digest"
STAGES = [*Stage, DIGEST]


class Told(models.Model):
    """That somebody was mailed about a stage of a wave; of digests, one a week."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="told")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="told_of_waves"
    )
    stage = models.CharField(max_length=6)
    on = models.DateField()

    class Meta:
        verbose_name_plural = "told"
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "person", "stage"],
                condition=~Q(stage=DIGEST),
                name="waves_told_once",
            ),
            models.UniqueConstraint(
                fields=["wave", "person", "on"],
                condition=Q(stage=DIGEST),
                name="waves_told_digest_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[str(stage) for stage in STAGES]),
                name="waves_told_stage_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage}, {self.on}"


class Asking(models.Model):
    """That a facilitator had a home reminded of a wave."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="askings")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    mails_count = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(mails_count__gte=1), name="waves_asking_reached"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wave}, {self.at:%Y-%m-%d}"
