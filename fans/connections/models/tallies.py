"""A home's own monthly count."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from homes.models import Home


@pghistory.track()
class Tally(models.Model):
    """A home's own count for one month, made without names."""

    home = models.ForeignKey(Home, models.PROTECT, related_name="tallies")
    month = models.DateField()  # its first day
    occupied_beds = models.PositiveSmallIntegerField(null=True, blank=True)
    residents_out = models.PositiveSmallIntegerField(null=True, blank=True)
    residents_reached = models.PositiveSmallIntegerField(null=True, blank=True)
    counted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    counted_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["home", "-month"]
        verbose_name_plural = "tallies"
        constraints = [
            models.UniqueConstraint(fields=["home", "month"], name="connections_tally_once"),
            models.CheckConstraint(
                condition=Q(month__day=1), name="connections_tally_first_of_month"
            ),
            models.CheckConstraint(
                condition=Q(residents_out__isnull=True)
                | Q(occupied_beds__isnull=True)
                | Q(residents_out__lte=F("occupied_beds")),
                name="connections_tally_out_in_beds",
                violation_error_message="More people out than people living here.",
            ),
            models.CheckConstraint(
                condition=Q(residents_reached__isnull=True)
                | Q(occupied_beds__isnull=True)
                | Q(residents_reached__lte=F("occupied_beds")),
                name="connections_tally_reached_in_beds",
                violation_error_message="More people reached than people living here.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.home}, {self.month:%B %Y}"

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this tally is asked in."""
        return {"home": {self.home_id}}
