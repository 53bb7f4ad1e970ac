"""Whom a home lets see the picture of one wave."""

from typing import Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from fans.openness.models import Wave


class Audience(models.TextChoices):
    """Who a home can share a picture with. Never everybody."""

    FACILITATOR = "facilitator", "Our facilitator, before the fortnight is over"
    COHORT = "cohort", "The teams of the other homes of our cohort"
    CHAMPION = "champion", "The community champions of our area"
    RELATIVES = "relatives", "Relatives and friends who have an account here"
    PROVIDER = "provider", "Our provider’s head office"


class ShareQuerySet(models.QuerySet["Share"]):
    """What homes share, by time."""

    def standing(self) -> Self:
        """Keep what has not been taken back."""
        return self.filter(ended_at__isnull=True)


@pghistory.track()
class Share(models.Model):
    """One audience that may see one wave's picture, from then until it is taken back.

    A row taken back stays: the rows together say who could see the picture, and when.
    """

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="shares")
    audience = models.CharField(max_length=11, choices=Audience)
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    shared_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ShareQuerySet.as_manager()

    class Meta:
        ordering = ["wave", "shared_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="replies_share_audience_known"
            ),
            models.UniqueConstraint(
                fields=["wave", "audience"],
                condition=Q(ended_at__isnull=True),
                name="replies_share_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("shared_at")),
                name="replies_share_ordered",
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True) | Q(ended_at__isnull=False),
                name="replies_share_ended_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wave}: {self.get_audience_display()}"

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scopes that a permission on this row is asked in."""
        return self.wave.permission_scope()
