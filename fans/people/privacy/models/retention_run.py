"""Runs of the job that lets go of what is kept no longer."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from fans.people.models import Person


class RetentionRun(models.Model):
    """One run over every rule: how many rows each let go of, and nothing about them."""

    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    is_dry = models.BooleanField(default=False)
    counts = models.JSONField(default=dict)
    failed = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="privacy_retentionrun_ordered",
            ),
        ]

    def __str__(self) -> str:
        kind = "Preview" if self.is_dry else "Run"
        return f"{kind} of {timezone.localtime(self.started_at):%d %B %Y, %H:%M}"

    @property
    def total(self) -> int:
        """Return how many rows all rules together let go of."""
        return sum(self.counts.values())
