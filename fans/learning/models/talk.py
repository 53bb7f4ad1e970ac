"""What a group said, and what comes of laying groups side by side."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from fans.learning.groups import GROUPS, may_be_read_outside
from fans.learning.models.kept import Kept, KeptQuerySet
from fans.learning.models.plan import Plan


@pghistory.track()
class Talk(Kept):
    """A conversation with one group: who was asked as a group, never by name."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="talks")
    group = models.CharField(max_length=13, choices=list(GROUPS.items()))
    people_count = models.PositiveSmallIntegerField(null=True, blank=True)
    talked_on = models.DateField(default=timezone.localdate)
    # Empty once they are kept no longer: that there was a talk stays.
    said = models.TextField(max_length=2000, blank=True)
    matters = models.CharField(max_length=300, blank=True)
    words_gone_on = models.DateField(null=True, blank=True)

    objects = KeptQuerySet.as_manager()

    class Meta:
        ordering = ["-talked_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(group__in=list(GROUPS)),
                name="learning_talk_group_known",
                violation_error_message="Choose one of the groups.",
            ),
            models.CheckConstraint(
                condition=Q(people_count__isnull=True)
                | Q(people_count__gte=1, people_count__lte=200),
                name="learning_talk_with_somebody",
                violation_error_message="Put how many took part: 1 to 200, or leave it open.",
            ),
            models.CheckConstraint(
                condition=Q(said="", matters="", words_gone_on__isnull=False)
                | ~Q(said="") & Q(words_gone_on__isnull=True),
                name="learning_talk_has_words",
                violation_error_message="Put what was said.",
            ),
        ]

    def __str__(self) -> str:
        return f"A talk at {self.plan.home}"

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on it is asked in."""
        return self.plan.permission_scope()

    @property
    def may_be_read_outside(self) -> bool:
        """Say whether enough took part for others than the home's team to read it."""
        return may_be_read_outside(self.group, self.people_count)


@pghistory.track()
class Comparison(models.Model):
    """What the groups see alike, what they see differently, and what lies behind it."""

    plan = models.OneToOneField(Plan, models.CASCADE, related_name="comparison")
    version = models.PositiveIntegerField(default=1)
    alike = models.TextField(max_length=1000, blank=True)
    differs = models.TextField(max_length=1000, blank=True)
    compared_on = models.DateField(default=timezone.localdate)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    words_gone_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(alike="", differs="", words_gone_on__isnull=False)
                | (~Q(alike="") | ~Q(differs="")) & Q(words_gone_on__isnull=True),
                name="learning_comparison_has_words",
                violation_error_message="Put what you see alike, or what differs.",
            ),
        ]

    def __str__(self) -> str:
        return f"A comparison at {self.plan.home}"

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on it is asked in."""
        return self.plan.permission_scope()
