"""Why a champion took an entry out of the hands of those who kept it."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone

from fans.people.models import Membership, Person


@pghistory.track()
class Ending(models.Model):
    """The reason for which a partner's role was ended; it stands where that was taken back."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="endings")
    reason = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="partners_ending_has_reason"),
            models.UniqueConstraint(
                fields=["membership"],
                condition=Q(undone_at__isnull=True),
                name="partners_ending_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Ended: {self.membership_id}"
