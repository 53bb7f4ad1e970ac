"""Whom a home knew when it began, whom it would like to know, and how far it has come."""

from typing import Final, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from assets import categories
from assets.models import Asset
from fans.connections.models import Connection, Direction, PartnerKind, Partnership
from homes.models import Home

MOST_TIMES: Final = 200
"""More meetings than these in the weeks asked about are a slip of the finger."""


class Step(models.TextChoices):
    """The three steps, in their order."""

    KNOW = "know", "Who do we already know?"
    LIKE = "like", "Who would we like to know?"
    ASK = "ask", "Would you like to connect with us?"


class KnownBy(models.TextChoices):
    """Who in the home knows them: roles, never names."""

    RESIDENT = "resident", "People who live here"
    RELATIVE = "relative", "Relatives"
    CARE = "care", "Care team"
    ACTIVITIES = "activities", "Activities"
    KITCHEN = "kitchen", "Kitchen"
    HOUSEKEEPING = "housekeeping", "Housekeeping"
    GARDEN = "garden", "Garden and repairs"
    OFFICE = "office", "Office"
    MANAGER = "manager", "Manager"
    OTHER = "other", "Others"


class HowOften(models.TextChoices):
    """How often they meet, as somebody remembers it."""

    WEEKLY = "weekly", "Every week"
    MONTHLY = "monthly", "Every month"
    SEASONS = "seasons", "A few times a year"
    YEARLY = "yearly", "Once a year"
    ONCE = "once", "Once or twice so far"


class AcquaintanceQuerySet(models.QuerySet["Acquaintance"]):
    """Whom homes know, by how far each is sorted."""

    def standing(self) -> Self:
        """Keep those that nobody has taken out."""
        return self.filter(removed_at__isnull=True)

    def to_sort(self) -> Self:
        """Keep names that nobody has said more of."""
        return self.standing().filter(partnership__isnull=True)

    def sorted(self) -> Self:
        """Keep those that are a tie."""
        return self.standing().filter(partnership__isnull=False)


@pghistory.track()
class Acquaintance(models.Model):
    """Somebody whom a home knew when it began: at first a name, once sorted a tie."""

    home = models.ForeignKey(Home, models.PROTECT, related_name="acquaintances")
    # What they were called when they were put down; never a person's name.
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=PartnerKind, blank=True)
    category = models.CharField(max_length=20, choices=categories.choices, blank=True)
    partnership = models.ForeignKey(
        Partnership, models.PROTECT, null=True, blank=True, related_name="acquaintances"
    )
    # Its place, should the tie be taken away and brought back.
    place = models.ForeignKey(Asset, models.SET_NULL, null=True, blank=True, related_name="+")
    # The tie was made here: taking this out takes it away too, if nothing else hangs on it.
    started_tie = models.BooleanField(default=False)
    known_by = ArrayField(
        models.CharField(max_length=12, choices=KnownBy), default=list, blank=True
    )
    how_often = models.CharField(max_length=7, choices=HowOften, blank=True)
    direction = models.CharField(max_length=6, choices=Direction, blank=True)
    last_on = models.DateField(null=True, blank=True)
    # In the weeks that the look-back asks about; null: not asked, or not said.
    times = models.PositiveSmallIntegerField(null=True, blank=True)
    recalled = models.OneToOneField(
        Connection, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = AcquaintanceQuerySet.as_manager()

    class Meta:
        ordering = ["home", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["home", "partnership"],
                condition=Q(removed_at__isnull=True),
                name="steps_acquaintance_once",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="steps_acquaintance_called"),
            models.CheckConstraint(
                condition=Q(kind="") | Q(kind__in=PartnerKind.values),
                name="steps_acquaintance_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=False)
                | Q(kind="", partnership__isnull=True)
                | (~Q(kind="") & Q(partnership__isnull=False)),
                name="steps_acquaintance_sorted_is_tie",
            ),
            models.CheckConstraint(
                condition=Q(known_by__contained_by=KnownBy.values),
                name="steps_acquaintance_known_by_roles",
                violation_error_message="Choose roles of the list, never names.",
            ),
            models.CheckConstraint(
                condition=Q(how_often="") | Q(how_often__in=HowOften.values),
                name="steps_acquaintance_often_known",
            ),
            models.CheckConstraint(
                condition=Q(direction="") | Q(direction__in=Direction.values),
                name="steps_acquaintance_direction_known",
            ),
            models.CheckConstraint(
                condition=Q(times__isnull=True) | Q(times__lte=MOST_TIMES),
                name="steps_acquaintance_times",
            ),
            # What is from memory says which way it went, and is of a tie that stands here.
            models.CheckConstraint(
                condition=Q(recalled__isnull=True)
                | Q(removed_at__isnull=True, partnership__isnull=False, times__gte=1)
                & ~Q(direction=""),
                name="steps_acquaintance_recalled_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.partnership.partner) if self.partnership else self.name

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this row is asked in."""
        return {"home": {self.home_id}}

    @property
    def known_by_words(self) -> list[str]:
        """Who in the home knows them, in words."""
        words = dict(KnownBy.choices)
        return [str(words[role]) for role in self.known_by if role in words]


@pghistory.track()
class Pick(models.Model):
    """A tie on a home's shortlist: whom it would like to know, and because of what.

    Its themes come from wishes: they are the home's own, and never leave it.
    """

    partnership = models.OneToOneField(Partnership, models.PROTECT, related_name="pick")
    themes = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    started_tie = models.BooleanField(default=False)
    picked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    picked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(themes__len__lte=12), name="steps_pick_themes"),
        ]

    def __str__(self) -> str:
        return f"On the shortlist: {self.partnership}"

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this row is asked in: its home's."""
        return {"home": {self.partnership.home_id}}


@pghistory.track()
class StepDone(models.Model):
    """A home says that a step is done for now; it can always go back."""

    home = models.ForeignKey(Home, models.PROTECT, related_name="steps_done")
    step = models.CharField(max_length=4, choices=Step)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    done_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["home", "pk"]
        verbose_name_plural = "steps done"
        constraints = [
            models.UniqueConstraint(fields=["home", "step"], name="steps_done_once"),
            models.CheckConstraint(
                condition=Q(step__in=Step.values), name="steps_done_step_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.home}: {self.get_step_display()}"

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this row is asked in."""
        return {"home": {self.home_id}}
