"""How far a search of the whole register for pairs has come."""

from django.db import models
from django.db.models import F, Q


class Sweep(models.Model):
    """One search; cut short, it goes on after the last asset that it looked at."""

    # Only assets saved since then; null: all of them.
    changed_since = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField()
    after_id = models.BigIntegerField(default=0)
    looked_at = models.PositiveIntegerField(default=0)
    pairs_found = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("started_at")),
                name="twins_sweep_ends_after_start",
            ),
            models.UniqueConstraint(
                models.Case(
                    models.When(finished_at__isnull=True, then=models.Value(1)),
                    output_field=models.IntegerField(),
                ),
                name="twins_sweep_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}: {self.looked_at:,} looked at"
