"""What somebody put off, or closed, on their own list."""

import datetime as dt
from typing import Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone

from fans.connections.nudges.rules import Kind, SetAside
from fans.people.models import Person


class Reason(models.TextChoices):
    """Why a reminder is not needed: one of these, never words."""

    DONE = "done", "It is done"
    SOMEBODY = "somebody", "Somebody else does it"
    NOT_NEEDED = "not_needed", "It is not needed"
    WRONG = "wrong", "It is not right"


KINDS = [kind.value for kind in Kind]


class AsideQuerySet(models.QuerySet["Aside"]):
    """What was put off or closed."""

    def of(self, person: Person) -> Self:
        """Keep what one person said."""
        return self.filter(person=person)

    def back_before(self, day: dt.date) -> Self:
        """Keep what was put off and has come back before a day."""
        return self.filter(until__lt=day)


@pghistory.track()
class Aside(models.Model):
    """One person's word on one reminder. It says nothing to anybody else."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="nudges_aside")
    kind = models.CharField(max_length=10)
    thing_id = models.PositiveBigIntegerField()
    newest = models.DateField()  # since when the reminder stood as it did then
    until = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    said_at = models.DateTimeField(default=timezone.now)

    objects = AsideQuerySet.as_manager()

    class Meta:
        ordering = ["-said_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "thing_id"], name="nudges_aside_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="nudges_aside_kind_known"),
            models.CheckConstraint(
                condition=Q(until__isnull=False, reason="")
                | Q(until__isnull=True, reason__in=Reason.values),
                name="nudges_aside_later_or_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.get_reason_display() if self.reason else f"Later: {self.until}"

    @property
    def said(self) -> SetAside:
        """What it says, for the rule."""
        return SetAside(until=self.until, newest=self.newest)
