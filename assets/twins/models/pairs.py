"""Two assets that may be one place, and what somebody said of them."""

from collections.abc import Iterable
from typing import Any, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from assets.models import Asset
from geo.inside import inside_areas


class PairState(models.TextChoices):
    """What became of a pair."""

    OPEN = "open", "To look at"
    DISTINCT = "distinct", "Not the same"
    SAME = "same", "The same, not merged yet"
    MERGED = "merged", "Merged"


class PairQuerySet(models.QuerySet["Pair"]):
    """Pairs by what became of them and by where they lie."""

    def to_look_at(self) -> Self:
        """Keep pairs that wait for somebody, and of which both are still held."""
        waiting = self.filter(state__in=(PairState.OPEN, PairState.SAME))
        return waiting.filter(low__merged_into__isnull=True, high__merged_into__isnull=True)

    def waiting_within(self, reach: Any) -> Self:
        """Keep those that wait inside a reach (``everywhere``, ``area_ids``)."""
        inside = self.inside(everywhere=reach.everywhere, area_ids=reach.area_ids)
        return inside.to_look_at()

    def inside(self, *, everywhere: bool, area_ids: Iterable[int]) -> Self:
        """Keep pairs of which either lies in one of the areas named (or all pairs)."""
        if everywhere:
            return self
        found = Q()
        for side in ("low", "high"):
            found |= Q(inside_areas(area_ids, column=f"{side}__location"))
        return self.filter(found)


@pghistory.track(exclude=["score", "reasons", "found_on"])
class Pair(models.Model):
    """Two assets that look like one place; kept after a no, so that none asks again."""

    # Whichever was here first is the low one, so that two assets make one pair.
    low = models.ForeignKey(Asset, models.CASCADE, related_name="+")
    high = models.ForeignKey(Asset, models.CASCADE, related_name="+")
    score = models.FloatField(default=0)  # 0 to 1, as ``assets.twins.signals`` reckons it
    # [{"code": "phone"}, {"code": "near", "value": 40}]: in words when they are shown.
    reasons = models.JSONField(default=list, blank=True)
    found_on = models.DateField()
    state = models.CharField(max_length=8, choices=PairState, default=PairState.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = PairQuerySet.as_manager()

    class Meta:
        ordering = ["-score", "pk"]
        indexes = [models.Index(fields=["state", "-score"], name="twins_pair_state_score")]
        constraints = [
            models.UniqueConstraint(fields=["low", "high"], name="twins_pair_once"),
            models.CheckConstraint(
                condition=Q(low__lt=F("high")), name="twins_pair_low_before_high"
            ),
            models.CheckConstraint(
                condition=Q(score__gte=0, score__lte=1), name="twins_pair_score_in_range"
            ),
            models.CheckConstraint(
                condition=Q(state__in=PairState.values), name="twins_pair_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=PairState.OPEN, decided_at__isnull=True)
                | (~Q(state=PairState.OPEN) & Q(decided_at__isnull=False)),
                name="twins_pair_decided_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.low} and {self.high}"

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this pair is asked in: either asset's."""
        return {"asset": {self.low_id, self.high_id}}
