"""Two records that somebody made one, with all that it takes to make them two again."""

from collections.abc import Iterable
from typing import Any, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from assets.models import Asset
from geo.inside import inside_areas


class MergeQuerySet(models.QuerySet["Merge"]):
    """Merges by whether they stand, and by where they lie."""

    def standing(self) -> Self:
        """Keep merges that nobody has undone."""
        return self.filter(undone_at__isnull=True)

    def inside(self, *, everywhere: bool, area_ids: Iterable[int]) -> Self:
        """Keep merges of which either record lies in one of the areas named (or all)."""
        if everywhere:
            return self
        found = Q()
        for side in ("keep", "lose"):
            found |= Q(inside_areas(area_ids, column=f"{side}__location"))
        return self.filter(found)


@pghistory.track(exclude=["record"])
class Merge(models.Model):
    """``lose`` went into ``keep``: what moved, what was written over, what was taken out."""

    # Neither record goes while this can be undone.
    keep = models.ForeignKey(Asset, models.PROTECT, related_name="merges")
    lose = models.ForeignKey(Asset, models.PROTECT, related_name="merged_by")
    # See ``assets.twins.ledger``: values as the database itself writes them.
    record: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(
        default=dict, editable=False
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(keep=F("lose")), name="twins_merge_of_two"),
            models.CheckConstraint(
                condition=Q(undone_by__isnull=True) | Q(undone_at__isnull=False),
                name="twins_merge_undone_when",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(undone_at__gte=F("at")),
                name="twins_merge_ordered",
            ),
            models.UniqueConstraint(
                fields=["lose"],
                condition=Q(undone_at__isnull=True),
                name="twins_merge_one_stands",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lose} into {self.keep}"

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this merge is asked in: either record's."""
        return {"asset": {self.keep_id, self.lose_id}}
