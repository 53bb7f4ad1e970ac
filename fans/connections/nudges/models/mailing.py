"""The book of mails: one a day to a person at most, about one thing once a week."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone

from fans.connections.nudges.models.aside import KINDS
from fans.people.models import Person


class Mailing(models.Model):
    """One day of one person: there was a mail, or nothing to say."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="nudges_mailings")
    day = models.DateField()  # in London, on which it was written
    due_on = models.DateField()  # the day it was for: earlier where nothing ran then
    things_count = models.PositiveSmallIntegerField(default=0)  # 0: no mail
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "day"], name="nudges_mailing_one_a_day"),
            models.UniqueConstraint(
                fields=["person", "due_on"], name="nudges_mailing_once_for_a_day"
            ),
            models.CheckConstraint(
                condition=Q(due_on__lte=F("day")), name="nudges_mailing_not_before_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.things_count}"


class Told(models.Model):
    """One thing that stood in a mail."""

    mailing = models.ForeignKey(Mailing, models.CASCADE, related_name="told")
    person = models.ForeignKey(Person, models.CASCADE, related_name="nudges_told")
    kind = models.CharField(max_length=10)
    thing_id = models.PositiveBigIntegerField()
    due_on = models.DateField()

    class Meta:
        verbose_name_plural = "told"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="nudges_told_kind_known"),
            ExclusionConstraint(
                name="nudges_told_once_a_week",
                expressions=[
                    ("person", "="),
                    ("kind", "="),
                    ("thing_id", "="),
                    (
                        Func(
                            F("due_on"),
                            template="daterange(%(expressions)s, %(expressions)s + 7)",
                        ),
                        "&&",
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}, {self.due_on}"
