"""What happened to a tie: who said what, when, and how it stood before and after."""

from typing import Final

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from fans.connections.models import Partnership, TieSide
from fans.connections.ties.models.approach import Approach


class Kind(models.TextChoices):
    """What was said or done."""

    ASKED = "asked", "Asked"
    ANSWERED = "answered", "Answered"
    YES = "yes", "Said yes"
    DECLINED = "declined", "Declined"
    ENDED = "ended", "Ended"
    REOPENED = "reopened", "Taken up again"
    DEPTH = "depth", "How deep it is"
    ARRANGER = "arranger", "Who arranges it"
    GENERATIONS = "generations", "Brings generations together"
    NAMED = "named", "May be named in public"
    PURPOSE = "purpose", "What it is for"


class How(models.TextChoices):
    """How whoever said it came to us."""

    ACCOUNT = "account", "signed in"
    PARTNER = "partner", "signed in for the partner"
    LINK = "link", "by the link in the invitation"


LIFE: Final = (Kind.ASKED, Kind.ANSWERED, Kind.YES, Kind.DECLINED, Kind.ENDED, Kind.REOPENED)
"""Kinds that move a tie up or down its ladder: they are taken back last one first."""


@pghistory.track()
class TieEvent(models.Model):
    """One step in the life of a tie. Rows are added and marked as undone, never changed.

    ``before`` and ``after`` hold the columns that it changed, of the tie and of the
    approach; free words are in ``words`` alone.
    """

    partnership = models.ForeignKey(
        Partnership, models.CASCADE, related_name="events", verbose_name="tie"
    )
    kind = models.CharField(max_length=11, choices=Kind)
    side = models.CharField(max_length=7, choices=TieSide, blank=True)
    how = models.CharField(max_length=7, choices=How, default=How.ACCOUNT)
    approach = models.ForeignKey(
        Approach, models.CASCADE, null=True, blank=True, related_name="events"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    words = models.CharField(max_length=300, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="ties_tieevent_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(side="") | Q(side__in=TieSide.values),
                name="ties_tieevent_side_known",
            ),
            models.CheckConstraint(
                condition=Q(how__in=How.values), name="ties_tieevent_how_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[Kind.YES, Kind.NAMED]) | ~Q(side=""),
                name="ties_tieevent_yes_of_a_side",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[Kind.ASKED, Kind.ANSWERED]) | Q(approach__isnull=False),
                name="ties_tieevent_answer_to_an_approach",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=False) | Q(undone_by__isnull=True),
                name="ties_tieevent_undone_by_and_when",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(undone_at__gte=models.F("at")),
                name="ties_tieevent_undone_after",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.at:%Y-%m-%d}"

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scopes that a permission on this step is asked in: its tie's."""
        return self.partnership.permission_scope()
