"""What a home says to its picture."""

from typing import Any, Self

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from fans.openness.models import Indicator, Wave

MOST_LETTERS = 400
"""As many as fit on the one page to print, beside everything else."""


class ReplyQuerySet(models.QuerySet["Reply"]):
    """Replies by state."""

    def standing(self) -> Self:
        """Keep those that were not taken back."""
        return self.filter(taken_back_at__isnull=True)


@pghistory.track()
class Reply(models.Model):
    """The home's own words beside one sign of a wave, or beside the whole picture.

    They are shown wherever the picture is shown. One that is replaced or taken back
    stays as a row, so that it can be put back.
    """

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="replies")
    # Null: beside the whole picture.
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="+"
    )
    words = models.CharField(max_length=MOST_LETTERS, blank=True)
    words_gone_on = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField()
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = ReplyQuerySet.as_manager()

    class Meta:
        ordering = ["wave", "written_at", "pk"]
        verbose_name_plural = "replies"
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "indicator"],
                condition=Q(taken_back_at__isnull=True),
                nulls_distinct=False,
                name="replies_reply_once",
            ),
            models.CheckConstraint(
                condition=Q(words="", words_gone_on__isnull=False)
                | (~Q(words="") & Q(words_gone_on__isnull=True)),
                name="replies_reply_has_words",
                violation_error_message="Put a few words.",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True) | Q(taken_back_at__gte=F("written_at")),
                name="replies_reply_ordered",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_by__isnull=True) | Q(taken_back_at__isnull=False),
                name="replies_reply_back_when",
            ),
        ]

    def __str__(self) -> str:
        return f"Reply to {self.wave}"  # never the words

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scopes that a permission on this row is asked in."""
        return self.wave.permission_scope()

    def clean(self) -> None:
        """Refuse a sign of another instrument than the wave's."""
        refuse_another_instrument(self)


def refuse_another_instrument(row: Any) -> None:
    """Refuse a row beside a sign that its wave's instrument does not have.

    Raises:
        ValidationError: under ``indicator``.
    """
    if row.indicator_id and row.indicator.instrument_id != row.wave.instrument_id:
        raise ValidationError({"indicator": "This wave does not ask about that sign."})
