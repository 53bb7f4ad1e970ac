"""What a source says that only a person can settle: it is gone, closed, or otherwise now."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from assets.choices import AssetSource
from assets.models import Asset
from geo.inside import inside_areas


class QuestionKind(models.TextChoices):
    """What a source says, or leaves out."""

    GONE = "gone", "No longer listed"
    CLOSED = "closed", "Said to be closed"
    CHANGED = "changed", "Said to be otherwise"


class Answer(models.TextChoices):
    """What a person said of it; ``MOOT`` where the source has come round by itself."""

    GONE = "gone", "It is gone"
    THERE = "there", "It is still there"
    TAKE = "take", "The source is right"
    KEEP = "keep", "What we have is right"
    MOOT = "moot", "The source has come round"


ABOUT_BEING_THERE = (QuestionKind.GONE, QuestionKind.CLOSED)


class SourceQuestionQuerySet(models.QuerySet["SourceQuestion"]):
    """Questions by whether somebody has answered, and by where they lie."""

    def waiting(self) -> Self:
        """Keep questions that nobody has answered, of records that stand for themselves."""
        return self.filter(answer="", asset__merged_into__isnull=True)

    def due(self, today: dt.date) -> Self:
        """Keep those that nobody has put off beyond ``today``."""
        return self.filter(Q(put_off_until__isnull=True) | Q(put_off_until__lte=today))

    def about_assets_in(self, *, everywhere: bool, area_ids: Iterable[int]) -> Self:
        """Keep questions about an asset that lies in one of these areas (or all)."""
        if everywhere:
            return self
        return self.filter(inside_areas(area_ids, column="asset__location"))

    def waiting_within(self, reach: Any, today: dt.date) -> Self:
        """Keep those that wait on ``today`` inside a reach (``everywhere``, ``area_ids``)."""
        inside = self.about_assets_in(everywhere=reach.everywhere, area_ids=reach.area_ids)
        return inside.waiting().due(today)


@pghistory.track(exclude=["said", "before"])
class SourceQuestion(models.Model):
    """One thing that a source says of an asset and that a person settles, never an import."""

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="source_questions")
    kind = models.CharField(max_length=7, choices=QuestionKind)
    # Who says so; "local" is somebody of ours on a round, who may not close it.
    source = models.CharField(max_length=8, choices=AssetSource)
    dataset = models.CharField(max_length=60, blank=True)
    # What it says of each column, as ``assets.merging`` keeps it; {} for being there.
    said = models.JSONField(default=dict, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    put_off_until = models.DateField(null=True, blank=True)
    answer = models.CharField(max_length=5, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # What the answer changed, as it was: the answer can be taken back.
    before = models.JSONField(default=dict, blank=True)

    objects = SourceQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        indexes = [
            models.Index(
                fields=["asked_at", "id"],
                condition=Q(answer=""),
                name="checking_question_waiting",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=QuestionKind.values),
                name="checking_sourcequestion_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(source__in=AssetSource.values),
                name="checking_sourcequestion_source_known",
            ),
            models.UniqueConstraint(
                fields=["asset", "kind"],
                condition=Q(answer=""),
                name="checking_sourcequestion_one_open",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="checking_sourcequestion_answered_dated",
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["", Answer.MOOT])
                | Q(kind=QuestionKind.CHANGED, answer__in=[Answer.TAKE, Answer.KEEP])
                | Q(kind__in=ABOUT_BEING_THERE, answer__in=[Answer.GONE, Answer.THERE]),
                name="checking_sourcequestion_answer_fits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asset}: {self.kind}"

    @property
    def is_open(self) -> bool:
        """Say whether nobody has answered."""
        return not self.answer

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this question is asked in."""
        return {"asset": {self.asset_id}}
