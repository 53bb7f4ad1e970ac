"""Check rounds: a few places, in the order of a walk, and what somebody found at each."""

import datetime as dt
from collections.abc import Iterable
from typing import Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from assets.models import Asset
from geo.inside import inside_areas


class EndedHow(models.TextChoices):
    """How a round came to its end."""

    DONE = "done", "Every place was seen to"
    EARLY = "early", "Finished early"


class RoundQuerySet(models.QuerySet["Round"]):
    """Rounds by whether they are under way, whose they are, and where."""

    def open(self) -> Self:
        """Keep rounds that have not ended."""
        return self.filter(ended_at__isnull=True)

    def ended(self) -> Self:
        """Keep rounds that are over."""
        return self.filter(ended_at__isnull=False)

    def free(self) -> Self:
        """Keep open rounds that nobody has."""
        return self.open().filter(assigned_to__isnull=True)

    def within_reach(self, *, everywhere: bool, area_ids: Iterable[int]) -> Self:
        """Keep rounds of which a stop lies in one of these areas (or all rounds)."""
        if everywhere:
            return self
        return self.filter(
            Exists(
                Stop.objects.filter(
                    inside_areas(area_ids, column="asset__location"), round=OuterRef("pk")
                )
            )
        )

    def with_progress(self) -> Self:
        """Annotate ``stops_count`` and ``seen_count`` (those that wait no longer)."""
        seen = Count("stops", filter=~Q(stops__state=StopState.WAITING))
        return self.annotate(stops_count=Count("stops"), seen_count=seen)


@pghistory.track()
class Round(models.Model):
    """Some places to look at on one walk; where somebody set out from is never kept."""

    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_how = models.CharField(max_length=5, choices=EndedHow, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_how="")
                | Q(ended_at__isnull=False, ended_how__in=EndedHow.values),
                name="rounds_round_end_told",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=models.F("created_at")),
                name="rounds_round_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"Round {self.pk}"

    @property
    def is_open(self) -> bool:
        """Say whether there is something left to do."""
        return self.ended_at is None

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this round is asked in: its places'."""
        return {"asset": set(self.stops.values_list("asset_id", flat=True))}


class StopState(models.TextChoices):
    """Where one place of a round stands."""

    WAITING = "waiting", "Still to see"
    DONE = "done", "Seen"
    SKIPPED = "skipped", "Left out"


class Found(models.TextChoices):
    """What somebody found at a place."""

    RIGHT = "right", "Still right"
    CHANGED = "changed", "Put right"
    GONE = "gone", "Gone"


class StopQuerySet(models.QuerySet["Stop"]):
    """Stops by what became of them."""

    def waiting(self) -> Self:
        """Keep stops that nobody has seen to."""
        return self.filter(state=StopState.WAITING)

    def seen_since(self, day: dt.date) -> Self:
        """Keep stops that somebody saw to, or left out, on ``day`` or later."""
        return self.exclude(state=StopState.WAITING).filter(done_at__date__gte=day)


@pghistory.track()
class Stop(models.Model):
    """One place of a round."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="stops")
    asset = models.ForeignKey(Asset, models.CASCADE, related_name="stops")
    position = models.PositiveSmallIntegerField()  # 1 is the first
    state = models.CharField(max_length=7, choices=StopState, default=StopState.WAITING)
    found = models.CharField(max_length=7, choices=Found, blank=True)
    reason = models.CharField(max_length=200, blank=True)  # why it was left out
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = StopQuerySet.as_manager()

    class Meta:
        ordering = ["round", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "position"],
                name="rounds_stop_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(fields=["round", "asset"], name="rounds_stop_asset_once"),
            models.UniqueConstraint(
                fields=["asset"],
                condition=Q(state=StopState.WAITING),
                name="rounds_stop_in_one_open_round",
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1), name="rounds_stop_counts_from_one"
            ),
            models.CheckConstraint(
                condition=Q(state=StopState.WAITING, done_at__isnull=True)
                | Q(state__in=[StopState.DONE, StopState.SKIPPED], done_at__isnull=False),
                name="rounds_stop_done_dated",
            ),
            models.CheckConstraint(
                condition=Q(state=StopState.DONE, found__in=Found.values)
                | (~Q(state=StopState.DONE) & Q(found="")),
                name="rounds_stop_done_says_what",
            ),
            models.CheckConstraint(
                condition=(Q(state=StopState.SKIPPED) & ~Q(reason=""))
                | (~Q(state=StopState.SKIPPED) & Q(reason="")),
                name="rounds_stop_skipped_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.asset}"

    @property
    def waits(self) -> bool:
        """Say whether nobody has seen to it yet."""
        return self.state == StopState.WAITING

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this stop is asked in."""
        return {"asset": {self.asset_id}}
