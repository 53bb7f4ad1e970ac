"""What all that a home writes in a plan has in common."""

from typing import Any, Self

from django.conf import settings
from django.db import models


class KeptQuerySet(models.QuerySet[Any]):
    """Rows that stand, and those taken out and not yet deleted."""

    def standing(self) -> Self:
        """Keep those that nobody has taken out."""
        return self.filter(removed_at__isnull=True)

    def removed(self) -> Self:
        """Keep those that were taken out, and may be brought back for a time."""
        return self.filter(removed_at__isnull=False)


class Kept(models.Model):
    """A row that two people may write at once, and that a slip may take out."""

    # Each change counts it up: whoever began with an older number is asked to look again.
    version = models.PositiveIntegerField(default=1)
    # The same form sent twice is one row.
    client_uuid = models.UUIDField(null=True, blank=True, unique=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
