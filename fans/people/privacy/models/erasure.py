"""That somebody was erased: when and why, and nothing about who it was."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from fans.people.models import Person


class Erasure(models.Model):
    """One person who is held no more, known by a number that leads to nobody."""

    class Reason(models.TextChoices):
        """Who wanted it."""

        SELF = "self", "They did it themselves"
        REQUEST = "request", "They asked an administrator"

    at = models.DateTimeField(default=timezone.now)
    erased_id = models.BigIntegerField(unique=True)
    reason = models.CharField(max_length=7, choices=Reason)
    # Nobody where they did it themselves: they are gone.
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    # {table: {"deleted": 2, "blanked": 1, "cleaned": 3}}, files under "files".
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=["self", "request"]),
                name="privacy_erasure_reason_known",
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=True) | Q(reason="request"),
                name="privacy_erasure_self_unnamed",
            ),
        ]

    def __str__(self) -> str:
        return f"Person {self.erased_id}, {self.at:%Y-%m-%d}"
