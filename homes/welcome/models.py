"""What a home tells its visitors, in its own words."""

from typing import Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from homes.models import Home

MOST_LINES = 4
"""More than so many lines of a list would not fit on a card."""


class WelcomeCardQuerySet(models.QuerySet["WelcomeCard"]):
    """Cards by who may read them."""

    def public(self) -> Self:
        """Keep what anybody may read."""
        return self.filter(is_public=True)


@pghistory.track()
class WelcomeCard(models.Model):
    """One home's card: when to come, what to expect, how to get in. It names nobody."""

    home = models.OneToOneField(Home, models.CASCADE, related_name="welcome_card")
    come_by = models.CharField(max_length=240, blank=True)
    inside = models.CharField(max_length=240, blank=True)
    would_love = models.TextField(max_length=320, blank=True)  # a line for each
    getting_in = models.CharField(max_length=240, blank=True)
    is_public = models.BooleanField(default=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField(auto_now=True)

    objects = WelcomeCardQuerySet.as_manager()

    class Meta:
        ordering = ["home"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_public=False) | ~Q(come_by=""),
                name="welcome_welcomecard_public_says_when",
                violation_error_message="Say when people can come, before everybody sees it.",
            ),
            models.CheckConstraint(
                condition=~Q(would_love__regex=r"^([^\n]*\n){4}"),
                name="welcome_welcomecard_four_lines",
                violation_error_message="Four lines at most fit on the card.",
            ),
        ]

    def __str__(self) -> str:
        return f"Welcome card of {self.home}"

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this card is asked in."""
        return {"home": {self.home_id}}

    @property
    def love_lines(self) -> list[str]:
        """What the home would love, line by line."""
        return self.would_love.splitlines()
