"""How a home asked somebody, "would you like to connect?", and what they answered."""

import datetime as dt
from typing import Any, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from fans.connections.models import OVER, Partnership


class Channel(models.TextChoices):
    """The way somebody was asked."""

    MAIL = "mail", "By e-mail, with a link to answer"
    PHONE = "phone", "By phone"
    LETTER = "letter", "By letter or card"
    VISIT = "visit", "We went there"
    IN_PERSON = "in_person", "When we met"
    OTHER = "other", "Another way"


class Answer(models.TextChoices):
    """What came of it."""

    WAITING = "waiting", "No answer yet"
    YES = "yes", "Yes"
    TALK = "talk", "Let us talk first"
    LATER = "later", "Ask again later"
    NO = "no", "No"
    NONE = "none", "No answer came"


class ApproachQuerySet(models.QuerySet["Approach"]):
    """Approaches by what has to be done about them."""

    def standing(self) -> Self:
        """Keep those that nobody has taken back."""
        return self.filter(undone_at__isnull=True)

    def open(self) -> Self:
        """Keep those that still wait for an answer, of ties that nobody said are over."""
        waiting = self.standing().filter(answer=Answer.WAITING)
        return waiting.exclude(partnership__status__in=OVER)

    def unanswered_for(self, days: int, today: dt.date) -> Self:
        """Keep the open ones that were sent at least so many days ago."""
        return self.open().filter(asked_on__lte=today - dt.timedelta(days=days))

    def follow_up_due(self, today: dt.date) -> Self:
        """Keep those to come back to by now, whose question is not settled."""
        due = self.standing().filter(follow_up_on__lte=today)
        settled = (Answer.YES, Answer.NO)
        return due.exclude(answer__in=settled).exclude(partnership__status__in=OVER)

    def of_homes(self, homes: QuerySet[Any]) -> Self:
        """Keep those of some homes."""
        return self.filter(partnership__home__in=homes)


@pghistory.track()
class Approach(models.Model):
    """One time that a home asked a partner, and the answer.

    Of an address that an invitation went to only the hash is kept.
    """

    partnership = models.ForeignKey(
        Partnership, models.CASCADE, related_name="approaches", verbose_name="tie"
    )
    channel = models.CharField(max_length=9, choices=Channel)
    # What was said or written to them: the partner's side reads it.
    words = models.CharField(max_length=1000, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_on = models.DateField(default=timezone.localdate)
    address_hash = models.CharField(max_length=64, blank=True, editable=False)
    answer = models.CharField(max_length=7, choices=Answer, default=Answer.WAITING)
    answered_on = models.DateField(null=True, blank=True)
    # What they said to it; for the home's team and those who accompany it.
    reply = models.CharField(max_length=300, blank=True)
    follow_up_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ApproachQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_on", "-pk"]
        verbose_name_plural = "approaches"
        indexes = [
            models.Index(
                fields=["follow_up_on"],
                condition=Q(follow_up_on__isnull=False),
                name="ties_approach_follow_up",
            ),
            models.Index(
                fields=["asked_on"], condition=Q(answer="waiting"), name="ties_approach_waiting"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="ties_approach_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(answer__in=Answer.values), name="ties_approach_answer_known"
            ),
            models.CheckConstraint(
                condition=Q(answer=Answer.WAITING, answered_on__isnull=True)
                | (~Q(answer=Answer.WAITING) & Q(answered_on__isnull=False)),
                name="ties_approach_answered_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True)
                | Q(answered_on__gte=models.F("asked_on")),
                name="ties_approach_answered_after",
                violation_error_message="The answer came before the question.",
            ),
            models.CheckConstraint(
                condition=Q(channel=Channel.MAIL) | Q(address_hash=""),
                name="ties_approach_address_of_mail",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}, {self.asked_on}"

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scopes that a permission on this approach is asked in: its tie's."""
        return self.partnership.permission_scope()
