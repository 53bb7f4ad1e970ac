"""What somebody said of a file's row and an asset that it looked like."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from assets.choices import AssetSource
from assets.models import Asset


class RowSays(models.TextChoices):
    """What a row of a file is to an asset."""

    SAME = "same", "It is that one"
    DISTINCT = "distinct", "Not the same"


@pghistory.track()
class RowAnswer(models.Model):
    """A row of a source, by its key there, and what it is to one of our assets.

    A row that is one of ours counts as same in every later import and changes nothing.
    """

    source = models.CharField(max_length=8, choices=AssetSource)
    source_ref = models.CharField(max_length=120)
    asset = models.ForeignKey(Asset, models.CASCADE, related_name="row_answers")
    says = models.CharField(max_length=8, choices=RowSays)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_ref", "asset"], name="twins_rowanswer_once"
            ),
            models.UniqueConstraint(
                fields=["source", "source_ref"],
                condition=Q(says=RowSays.SAME),
                name="twins_rowanswer_one_is_it",
            ),
            models.CheckConstraint(
                condition=~Q(source_ref=""), name="twins_rowanswer_names_a_row"
            ),
            models.CheckConstraint(
                condition=Q(source__in=AssetSource.values), name="twins_rowanswer_source_known"
            ),
            models.CheckConstraint(
                condition=Q(says__in=RowSays.values), name="twins_rowanswer_says_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.source_ref}: {self.get_says_display().lower()}"
