"""Who looked at rows about people."""

from typing import Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from fans.people.audit.erasing import APPEND_ONLY

MOST_IDS = 1_000
"""Of a longer list only as many ids are kept; ``rows_count`` tells how long it was."""


class AccessLogQuerySet(models.QuerySet["AccessLog"]):
    """Looks, the latest first."""

    def below(self, last: "AccessLog") -> Self:
        """Keep those that come after ``last`` on a list with the latest first."""
        return self.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))


class AccessLog(models.Model):
    """One look at rows about people: who, when, by which route, at how many and which.

    Ids and names of code alone, so that erasing somebody leaves nothing to look for.
    """

    at = models.DateTimeField(default=timezone.now, editable=False)
    # No key in the database: the line outlasts the account.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        db_constraint=False,
        db_index=False,
        related_name="+",
    )
    # Of the permission table, e.g. people.give_roles.
    action = models.CharField(max_length=60)
    route = models.CharField(max_length=100, blank=True)
    # The model of the rows, e.g. people.Membership.
    kind = models.CharField(max_length=80)
    rows_count = models.PositiveIntegerField()
    row_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    people_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    # What the changes made by the same request are noted under.
    request_id = models.UUIDField(null=True, blank=True)

    objects = AccessLogQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "look at rows about people"
        verbose_name_plural = "looks at rows about people"
        indexes = [
            models.Index(fields=["-at", "-id"], name="audit_accesslog_latest"),
            models.Index(fields=["person", "-at", "-id"], name="audit_accesslog_person"),
            GinIndex(fields=["people_ids"], name="audit_accesslog_people"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(rows_count__gte=F("row_ids__len")),
                name="audit_accesslog_counts_all",
            ),
            models.CheckConstraint(
                condition=Q(row_ids__len__lte=MOST_IDS), name="audit_accesslog_ids_bounded"
            ),
            models.CheckConstraint(
                condition=~Q(kind="") & ~Q(action=""), name="audit_accesslog_says_what"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name=APPEND_ONLY, operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}: {self.rows_count} {self.kind}"
