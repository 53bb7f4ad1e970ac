"""Hours that somebody gave. They count on after their giver has gone."""

from typing import Any

import pghistory
from django.db import models
from django.db.models import Q

from fans.people.volunteers.models.volunteer import Volunteer
from homes.models import Home


def keep_bare(collector: Any, field: Any, sub_objs: Any, using: str) -> None:
    """Keep an entry whose giver goes, without them and without their words."""
    # The words first: between the two statements the row must hold its rule.
    collector.add_field_update(field.model._meta.get_field("note"), "", sub_objs)
    collector.add_field_update(field, None, sub_objs)


@pghistory.track(exclude=["note"])  # words about a visit go when they go
class HoursEntry(models.Model):
    """Time given on one day. Without a volunteer: somebody's who was erased."""

    class What(models.TextChoices):
        """What the time went into."""

        VISIT = "visit", "A visit"
        OUTING = "outing", "An outing"
        ONLINE = "online", "Online or by letter"
        HELP = "help", "Helping behind the scenes"
        TRAINING = "training", "Training or being shown round"

    volunteer = models.ForeignKey(
        Volunteer, keep_bare, null=True, blank=True, related_name="hours"
    )
    home = models.ForeignKey(Home, models.SET_NULL, null=True, blank=True, related_name="+")
    day = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    people_count = models.PositiveSmallIntegerField(default=1)
    what = models.CharField(max_length=8, choices=What, default=What.VISIT)
    note = models.CharField(max_length=200, blank=True)
    logged_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-day", "-pk"]
        verbose_name_plural = "hours entries"
        indexes = [models.Index(fields=["volunteer", "-day"], name="volunteers_hours_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=960),
                name="volunteers_hoursentry_a_day_at_most",
                violation_error_message="Between 5 minutes and 16 hours.",
            ),
            models.CheckConstraint(
                condition=Q(people_count__gte=1, people_count__lte=200),
                name="volunteers_hoursentry_people",
            ),
            models.CheckConstraint(
                condition=Q(what__in=["visit", "outing", "online", "help", "training"]),
                name="volunteers_hoursentry_what_known",
            ),
            models.CheckConstraint(
                condition=Q(volunteer__isnull=False) | Q(note=""),
                name="volunteers_hoursentry_erased_bare",
                violation_error_message="Without its giver an entry has no note.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.minutes} minutes"
