"""Programme, cohort and enrolment: which homes take part, and when."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from homes.models import Home

COHORT_PLACES = 18
"""Homes in one cohort at most: what a facilitator can hold together in one room."""


@pghistory.track()
class Programme(models.Model):
    """A programme as it is offered, such as Care Home FaNs."""

    name = models.CharField(max_length=120, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Cohort(models.Model):
    """Homes that go through a programme together."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="cohorts")
    name = models.CharField(max_length=120, unique=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this cohort is asked in."""
        return {"cohort": {self.pk}}


@pghistory.track()
class Enrolment(models.Model):
    """One home's part in one cohort, about six months long."""

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="enrolments")
    home = models.ForeignKey(Home, models.PROTECT, related_name="enrolments")
    # Numbered seats make "at most 18" a rule of the table, safe with two at once.
    place = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    # The day the home agreed that its data may be used for research; null: it has not.
    research_agreed_on = models.DateField(null=True, blank=True)
    enrolled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    research_noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["cohort", "home"]
        constraints = [
            models.UniqueConstraint(fields=["cohort", "home"], name="cohorts_enrolment_once"),
            models.UniqueConstraint(
                fields=["cohort", "place"], name="cohorts_enrolment_place_once"
            ),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=COHORT_PLACES),
                name="cohorts_enrolment_eighteen",
                violation_error_message="A cohort has at most 18 homes.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="cohorts_enrolment_ordered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.home} in {self.cohort}"

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scopes that a permission on this enrolment is asked in."""
        return {"home": {self.home_id}, "cohort": {self.cohort_id}}
