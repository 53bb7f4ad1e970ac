"""Questions, bands and weights, in versions."""

import pghistory
from django.db import models


@pghistory.track()
class Instrument(models.Model):
    """A version of the questions, bands and weights. Frozen once published."""

    version = models.CharField(max_length=20, unique=True)
    algorithm = models.PositiveSmallIntegerField()
    body = models.JSONField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["version"]

    def __str__(self) -> str:
        return f"Instrument {self.version}"


@pghistory.track()
class Indicator(models.Model):
    """One of an instrument's signs, so that answers can point at it."""

    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="indicators")
    code = models.CharField(max_length=4)
    dimension = models.CharField(max_length=2)
    is_assessed = models.BooleanField()

    class Meta:
        ordering = ["instrument", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "code"], name="openness_indicator_once"
            ),
        ]

    def __str__(self) -> str:
        return self.code
