"""What a home said no to, and why."""

import datetime as dt
from typing import Final, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from assets.models import Asset
from homes.models import Home


class Reason(models.TextChoices):
    """Why a place is not for this home, or not now."""

    NOT_NOW = "not_now", "Not now"
    NO_STAFF = "no_staff", "Nobody free to take it on"
    TOO_FAR = "too_far", "Too far for us"
    GETTING_IN = "getting_in", "Too hard to get in"
    KNOWN = "known", "We know them already"
    NOT_FOR_US = "not_for_us", "Not for us"
    OTHER = "other", "Something else"


BACK_AFTER: Final = {
    Reason.NOT_NOW: dt.timedelta(days=91),
    Reason.NO_STAFF: dt.timedelta(days=91),
}
"""Reasons that pass, and after what time the place is suggested again: three months."""


def back_on(reason: str, since: dt.date) -> dt.date | None:
    """Return the day from which a place is suggested again; None: it stays away."""
    wait = BACK_AFTER.get(Reason(reason))
    return since + wait if wait else None


class DismissalQuerySet(models.QuerySet["Dismissal"]):
    """Noes by home and by whether they still hold."""

    def of_home(self, home: Home) -> Self:
        """Keep one home's."""
        return self.filter(home=home)

    def holding(self, today: dt.date) -> Self:
        """Keep those that keep a place away today."""
        passed = Q()
        for reason, wait in BACK_AFTER.items():
            passed |= Q(reason=reason, said_on__lte=today - wait)
        return self.exclude(passed)


@pghistory.track()
class Dismissal(models.Model):
    """A home's "No, because" to one suggested place.

    Nobody outside the home's team and those who accompany it ever sees one.
    """

    home = models.ForeignKey(Home, models.PROTECT, related_name="dismissals")
    asset = models.ForeignKey(Asset, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=10, choices=Reason)
    words = models.CharField("in a few words", max_length=200, blank=True)
    said_on = models.DateField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = DismissalQuerySet.as_manager()

    class Meta:
        ordering = ["-said_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["home", "asset"], name="gaps_dismissal_once"),
            models.CheckConstraint(
                condition=Q(reason__in=Reason.values), name="gaps_dismissal_reason_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.home}: no to {self.asset_id}"  # never its words: this may reach a log

    @property
    def back_on(self) -> dt.date | None:
        """The day from which the place is suggested again; None: it stays away."""
        return back_on(self.reason, self.said_on)

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on it is asked in: the home's alone."""
        return {"home": {self.home_id}}
