"""What went on in a home besides, so that a figure is read with it."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from homes.models import Home


class ContextKind(models.TextChoices):
    """What went on."""

    OUTBREAK = "outbreak", "An outbreak"
    REFURBISHMENT = "refurbishment", "Building work"
    NEW_MANAGER = "new_manager", "A new manager"
    STAFFING = "staffing", "Short of staff"
    OTHER = "other", "Something else"


@pghistory.track()
class ContextEvent(models.Model):
    """Something that went on in a home for a time. It changes no score."""

    home = models.ForeignKey(Home, models.CASCADE, related_name="context_events")
    kind = models.CharField(max_length=13, choices=ContextKind)
    from_on = models.DateField("from")
    until_on = models.DateField("until", null=True, blank=True)
    words = models.CharField("in a few words", max_length=200, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    noted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ContextKind.values), name="openness_context_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="openness_context_ordered",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ContextKind.OTHER.value) | ~Q(words=""),
                name="openness_context_other_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} at {self.home} from {self.from_on:%-d %B %Y}"

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scopes that a permission on this event is asked in."""
        return {"home": {self.home_id}}
