"""Roles that people hold for a time."""

import datetime as dt
from typing import Self

import pghistory
from django.db import models
from django.db.models import F, Q

from fans.people.models.person import Person
from fans.people.models.roles import RoleInScope, role_constraints


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by time."""

    def on(self, day: dt.date) -> Self:
        """Keep memberships that hold on ``day``, both ends included.

        One that somebody ended does not hold from the day of its ending.
        """
        not_over = Q(until__isnull=True) | Q(until__gte=day)
        not_ended = Q(ended_at__isnull=True) | Q(ended_at__date__gt=day)
        return self.filter(not_over, not_ended, from_on__lte=day)


@pghistory.track()
class Membership(RoleInScope):
    """One role of one person, for one scope, from a day until a day (included)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    from_on = models.DateField("from", db_column="from")
    until = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["person", "role", "pk"]
        constraints = [
            *role_constraints("membership"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("from_on")),
                name="people_membership_ordered",
            ),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True) | Q(ended_at__isnull=False),
                name="people_membership_ended_when",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "home", "cohort", "area", "asset"],
                condition=Q(until__isnull=True, ended_at__isnull=True),
                nulls_distinct=False,
                name="people_membership_held_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"
