"""Thank-yous of a home to a partner."""

import datetime as dt
from typing import Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from fans.connections.models import Partnership
from fans.connections.wishes.models.wish import UNDO_WINDOW, Wish
from homes.models import Home


class ThanksQuerySet(models.QuerySet["Thanks"]):
    """Thank-yous by tie."""

    def of_tie(self, tie: Partnership) -> Self:
        """Keep those to one partner of one home."""
        return self.filter(partnership=tie)

    def not_given(self) -> Self:
        """Keep those that nobody has handed over yet."""
        return self.filter(given_on__isnull=True)


@pghistory.track()
class Thanks(models.Model):
    """A few words of thanks to a partner, for a card: without names.

    The partner sees them on the card that somebody hands over, and nowhere here.
    """

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="thanks")
    # The tie's own home, repeated, so that the row says by itself whose it is.
    home = models.ForeignKey(Home, models.PROTECT, related_name="thanks")
    wish = models.ForeignKey(
        Wish, models.SET_NULL, null=True, blank=True, related_name="thanks"
    )
    text = models.CharField(max_length=300, blank=True)  # empty once it is kept no longer
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField(auto_now_add=True)
    given_on = models.DateField(null=True, blank=True)  # when the card was handed over
    words_gone_on = models.DateField(null=True, blank=True)

    objects = ThanksQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        verbose_name_plural = "thanks"
        constraints = [
            models.CheckConstraint(
                condition=Q(text="", words_gone_on__isnull=False)
                | (~Q(text="") & Q(words_gone_on__isnull=True)),
                name="wishes_thanks_has_words",
                violation_error_message="Put a few words of thanks.",
            ),
        ]

    def __str__(self) -> str:
        return f"Thanks of {self.home}"  # never the words

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on it is asked in: never the partner's."""
        return {"home": {self.home_id}}

    def can_be_taken_back(self, at: dt.datetime) -> bool:
        """Say whether it may be torn up: not given yet, or only just written."""
        return self.given_on is None or at - self.written_at <= UNDO_WINDOW
