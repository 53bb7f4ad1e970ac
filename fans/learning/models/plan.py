"""One topic that a home talks over, and what it makes of it."""

from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from fans.learning.models.kept import Kept, KeptQuerySet
from fans.learning.topics import SLUGS, TOPICS, Topic, choices
from fans.openness.models import Wave
from homes.models import Home


class PlanQuerySet(KeptQuerySet):
    """Plans by home and topic."""

    def of_home(self, home: Home) -> Self:
        """Keep one home's."""
        return self.filter(home=home)

    def going_on(self) -> Self:
        """Keep those that are not laid by."""
        return self.filter(ended_on__isnull=True)


@pghistory.track()
class Plan(Kept):
    """A forward plan: a topic, who said what, how that compares, and what follows."""

    home = models.ForeignKey(Home, models.PROTECT, related_name="plans")
    # The wave whose answers it began with, where it did.
    wave = models.ForeignKey(Wave, models.SET_NULL, null=True, blank=True, related_name="plans")
    topic = models.CharField(max_length=20, choices=choices)
    title = models.CharField(max_length=120)
    started_on = models.DateField(default=timezone.localdate)
    ended_on = models.DateField(null=True, blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-started_on", "-pk"]
        indexes = [models.Index(fields=["home", "topic"], name="learning_plan_home_topic")]
        constraints = [
            models.CheckConstraint(
                condition=Q(topic__in=SLUGS),
                name="learning_plan_topic_known",
                violation_error_message="Choose one of the topics.",
            ),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="learning_plan_has_title",
                violation_error_message="Put what you want to look at.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="learning_plan_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"A plan of {self.home}"  # never its words: this may reach a log

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this plan is asked in."""
        return {"home": {self.home_id}}

    @property
    def about(self) -> Topic:
        """Its topic, with the questions."""
        return TOPICS[self.topic]

    @property
    def is_over(self) -> bool:
        """Say whether it is laid by."""
        return self.ended_on is not None
