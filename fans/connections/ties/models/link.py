"""The link in an invitation: for one purpose, once, and only its hash is kept."""

import datetime as dt
from typing import Final, Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone

from fans.connections.ties.models.approach import Approach

GOOD_FOR: Final = dt.timedelta(days=60)


class Purpose(models.TextChoices):
    """What one link does, and nothing else."""

    ANSWER = "answer", "Answer an invitation"
    UNDO = "undo", "Take the answer back"


def _good_until() -> dt.datetime:
    return timezone.now() + GOOD_FOR


class TieLinkQuerySet(models.QuerySet["TieLink"]):
    """Links by whether they open anything."""

    def good(self) -> Self:
        """Keep those that were not used and are not too old."""
        return self.filter(used_at__isnull=True, expires_at__gt=timezone.now())


@pghistory.track(exclude=["token_hash"])
class TieLink(models.Model):
    """What lets somebody without an account answer one invitation."""

    approach = models.ForeignKey(Approach, models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=6, choices=Purpose)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(default=_good_until)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = TieLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=Purpose.values), name="ties_tielink_purpose_known"
            ),
            models.CheckConstraint(
                condition=~Q(token_hash=""), name="ties_tielink_opens_with_a_token"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {self.approach}"
