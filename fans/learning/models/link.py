"""What a plan has to do with: signs of openness, wishes, ties."""

import pghistory
from django.db import models
from django.db.models import Q

from fans.connections.models import Partnership
from fans.connections.wishes.models import Wish
from fans.learning.models.action import Action
from fans.learning.models.plan import Plan


@pghistory.track()
class Link(models.Model):
    """From a plan, or one action of it, to one sign, wish or tie."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="links")
    action = models.ForeignKey(
        Action, models.CASCADE, null=True, blank=True, related_name="links"
    )
    # The id of an indicator, which is the same in every version of the instrument.
    sign = models.CharField(max_length=4, blank=True)
    wish = models.ForeignKey(Wish, models.CASCADE, null=True, blank=True, related_name="+")
    tie = models.ForeignKey(
        Partnership, models.CASCADE, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(~Q(sign="") & Q(wish__isnull=True, tie__isnull=True))
                | Q(sign="", wish__isnull=False, tie__isnull=True)
                | Q(sign="", wish__isnull=True, tie__isnull=False),
                name="learning_link_to_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(sign="") | Q(sign__regex=r"^[A-Z][0-9]{1,3}$"),
                name="learning_link_sign_is_an_id",
            ),
        ]

    def __str__(self) -> str:
        return f"A link of a plan of {self.plan.home}"

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on it is asked in."""
        return self.plan.permission_scope()


class Reminded(models.Model):
    """That somebody was mailed about a first step (month 0) or a look back: once each."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="plan_reminders")
    action = models.ForeignKey(Action, models.CASCADE, related_name="reminders")
    month = models.PositiveSmallIntegerField()
    on = models.DateField()

    class Meta:
        verbose_name_plural = "reminded"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "action", "month"], name="learning_reminded_once"
            ),
            models.CheckConstraint(
                condition=Q(month__in=(0, 3, 6)), name="learning_reminded_month_known"
            ),
        ]

    def __str__(self) -> str:
        return f"Reminded on {self.on}"
