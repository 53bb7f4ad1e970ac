"""How often somebody wants to be reminded by mail."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone

from fans.connections.nudges.weeks import How
from fans.people.models import Person


class Weekday(models.IntegerChoices):
    """The days, as Python counts them."""

    MONDAY = 0, "Monday"
    TUESDAY = 1, "Tuesday"
    WEDNESDAY = 2, "Wednesday"
    THURSDAY = 3, "Thursday"
    FRIDAY = 4, "Friday"
    SATURDAY = 5, "Saturday"
    SUNDAY = 6, "Sunday"


@pghistory.track()
class Wanted(models.Model):
    """One person's choice; who has none gets one mail a week, on Monday."""

    HOW = (
        (How.WEEKLY.value, "Once a week"),
        (How.DAILY.value, "On each day that brings something new"),
        (How.NONE.value, "Not at all"),
    )

    person = models.OneToOneField(Person, models.CASCADE, related_name="nudges_wanted")
    how = models.CharField(max_length=6, choices=HOW, default=How.WEEKLY.value)
    weekday = models.PositiveSmallIntegerField(choices=Weekday, default=Weekday.MONDAY)
    chosen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "wanted"
        constraints = [
            models.CheckConstraint(
                condition=Q(how__in=[how.value for how in How]), name="nudges_wanted_how_known"
            ),
            models.CheckConstraint(
                condition=Q(weekday__lte=6), name="nudges_wanted_weekday_0_6"
            ),
        ]

    def __str__(self) -> str:
        return f"Reminders by mail: {self.get_how_display().lower()}"
