"""A question by mail: is what the map says of your place still right?"""

import datetime as dt
from collections.abc import Iterable
from typing import Final, Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone

from assets.models import Asset
from assets.proposals.models import Proposal
from geo.inside import inside_areas

LINKS_GOOD_FOR: Final = dt.timedelta(days=60)
MOST_MAILS: Final = 3
"""First, reminder, last: then somebody of the area goes and looks."""


class Answer(models.TextChoices):
    """What became of a question."""

    WAITING = "waiting", "No answer yet"
    RIGHT = "right", "It is right"
    EDITED = "edited", "They sent changes"
    GONE = "gone", "They say that it is gone"
    UNANSWERED = "unanswered", "No answer after the last mail"
    SETTLED = "settled", "Not needed any more"


class Purpose(models.TextChoices):
    """What one link does, and nothing else."""

    RIGHT = "right", "Say that it is right"
    EDIT = "edit", "Change something"
    GONE = "gone", "Say that it is gone"
    UNDO = "undo", "Take back that it is gone"


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions by what has to be done with them, and by place."""

    def waiting(self) -> Self:
        """Keep those that nobody has answered, and that are still asked."""
        return self.filter(answer=Answer.WAITING)

    def within(self, *, everywhere: bool, area_ids: Iterable[int]) -> Self:
        """Keep those about places in the areas named (or all)."""
        return (
            self
            if everywhere
            else self.filter(inside_areas(area_ids, column="asset__location"))
        )


@pghistory.track()
class Question(models.Model):
    """One round of asking one place: up to three mails, and what came of them.

    Of the address only the hash is kept: what it is stands with the place.
    """

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="mailed_questions")
    address_hash = models.CharField(max_length=64)
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.WAITING)
    mails = models.PositiveSmallIntegerField(default=1)
    asked_at = models.DateTimeField(default=timezone.now)
    mailed_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    # What they sent, where a champion has to look at it.
    proposal = models.ForeignKey(
        Proposal, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["address_hash", "-mailed_at"], name="partners_question_mailed")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__in=Answer.values), name="partners_question_answer_known"
            ),
            models.CheckConstraint(
                condition=Q(mails__gte=1, mails__lte=MOST_MAILS),
                name="partners_question_three_mails_at_most",
            ),
            models.CheckConstraint(
                condition=Q(answer=Answer.WAITING, ended_at__isnull=True)
                | (~Q(answer=Answer.WAITING) & Q(ended_at__isnull=False)),
                name="partners_question_ended_when_answered",
            ),
            models.CheckConstraint(
                condition=Q(answer__in=[Answer.EDITED, Answer.GONE]) | Q(proposal__isnull=True),
                name="partners_question_sent_only_with_an_answer",
            ),
            models.UniqueConstraint(
                fields=["asset"],
                condition=Q(answer=Answer.WAITING),
                name="partners_question_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asset}: {self.get_answer_display()}"

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this question is asked in."""
        return {"asset": {self.asset_id}}


def _good_until() -> dt.datetime:
    return timezone.now() + LINKS_GOOD_FOR


class LinkQuerySet(models.QuerySet["Link"]):
    """Links by whether they open anything."""

    def good(self) -> Self:
        """Keep those that were not used and are not too old."""
        return self.filter(used_at__isnull=True, expires_at__gt=timezone.now())


@pghistory.track(exclude=["token_hash"])
class Link(models.Model):
    """A link in one of the mails: for one purpose, once; only its hash is kept."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=5, choices=Purpose)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    # A digest for each fact as the mail showed it: what changed since is not confirmed.
    shown = models.JSONField(default=dict, blank=True)
    expires_at = models.DateTimeField(default=_good_until)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=Purpose.values), name="partners_link_purpose_known"
            ),
            models.CheckConstraint(
                condition=~Q(token_hash=""), name="partners_link_opens_with_a_token"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {self.question.asset}"
