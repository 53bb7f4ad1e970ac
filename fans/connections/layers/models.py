"""What was counted of volunteers: published figures alone, made once a month."""

from typing import Final

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Func, Q, Value

COUNT_FROZEN: Final = "layers_count_frozen"

# 0, the star and multiples of 5 from 10 up are what fans.disclosure lets out.
_TELLS_TOO_MUCH: Final = "$.* ? (@ > 0 && (@ < 10 || @ % 5 != 0))"


@pghistory.track()
class VolunteerCount(models.Model):
    """Active volunteers by square in one month, as they may be told: nothing exact is kept.

    A figure stands for the whole month and for everybody who may see it, so that nobody can
    subtract two days or two people's views. Only the last month is kept.
    """

    month = models.DateField()  # its first day
    # The square's key, and its count as published: a multiple of 5, or "*".
    body = models.JSONField(blank=True)

    class Meta:
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(fields=["month"], name="layers_volunteercount_once"),
            models.CheckConstraint(
                condition=Q(month__day=1), name="layers_volunteercount_first_day"
            ),
            models.CheckConstraint(
                condition=~Q(
                    Func(
                        F("body"),
                        Value(_TELLS_TOO_MUCH),
                        function="jsonb_path_exists",
                        template="%(function)s(%(expressions)s::jsonpath)",
                        output_field=models.BooleanField(),
                    )
                ),
                name="layers_volunteercount_published",
                violation_error_message="Counts of people are published, never exact.",
            ),
        ]
        triggers = [pgtrigger.Protect(name=COUNT_FROZEN, operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"Volunteers by square, {self.month:%B %Y}"
