"""Circles of homes, and what was told of each: made once, and never changed."""

from typing import Final

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from fans.cohorts.models import Enrolment
from fans.openness.models import PROGRAMME_MONTHS

FIGURES_FROZEN: Final = "aggregates_figures_frozen"


@pghistory.track()
class Circle(models.Model):
    """Homes of one local authority that began about the same time, told of together.

    No home is in two circles, and none joins or leaves one: else figures of two circles,
    or of two months, could be subtracted.
    """

    local_authority = models.CharField(max_length=80, blank=True)
    number = models.PositiveSmallIntegerField()
    formed_on = models.DateField()

    class Meta:
        ordering = ["local_authority", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["local_authority", "number"], name="aggregates_circle_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="aggregates_circle_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.local_authority or 'Elsewhere'}, group {self.number}"


@pghistory.track()
class CircleHome(models.Model):
    """One home's part in a cohort, in the one circle it belongs to for good."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="homes")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="circles")

    class Meta:
        ordering = ["circle", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment"], name="aggregates_one_circle_each"),
        ]

    def __str__(self) -> str:
        return f"A home of {self.circle}"


@pghistory.track()
class Figures(models.Model):
    """What is told of a circle at one wave, rounded already: nothing exact is kept here."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="figures")
    month = models.PositiveSmallIntegerField()
    released_on = models.DateField()
    body = models.JSONField()

    class Meta:
        ordering = ["circle", "month"]
        verbose_name_plural = "figures"
        constraints = [
            models.UniqueConstraint(fields=["circle", "month"], name="aggregates_told_once"),
            models.CheckConstraint(
                condition=Q(month__in=PROGRAMME_MONTHS), name="aggregates_figures_month_known"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name=FIGURES_FROZEN, operation=pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return f"{self.circle}, month {self.month}"
