"""What a home does about it, its first step, and the looks back."""

import datetime as dt
from typing import Final, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from fans.learning.models.kept import Kept, KeptQuerySet
from fans.learning.models.plan import Plan

FIRST_STEP_WITHIN: Final = dt.timedelta(hours=48)
REVIEW_MONTHS: Final = (3, 6)


class State(models.TextChoices):
    """How far an action is."""

    PLANNED = "planned", "Planned"
    STARTED = "started", "Started"
    DONE = "done", "Done"
    LET_GO = "let_go", "Let go"


class OwnerRole(models.TextChoices):
    """Who sees to it, as a word: it stays when the person has gone."""

    MANAGER = "manager", "The manager"
    COORDINATOR = "coordinator", "The activity coordinator"
    STAFF = "staff", "Somebody of the staff"
    RESIDENTS = "residents", "People who live here"
    RELATIVES = "relatives", "Relatives and friends"
    VOLUNTEERS = "volunteers", "Volunteers"
    CHAMPION = "champion", "The community champion"
    TOGETHER = "together", "A small group of us"


class ActionQuerySet(KeptQuerySet):
    """Actions by what waits."""

    def with_step_to_take(self) -> Self:
        """Keep those that stand, go on, and whose first step nobody has taken."""
        going_on = self.standing().filter(
            plan__removed_at__isnull=True, plan__ended_on__isnull=True
        )
        open_ones = going_on.filter(state__in=(State.PLANNED, State.STARTED))
        return open_ones.filter(first_done_at__isnull=True)


@pghistory.track()
class Action(Kept):
    """One thing to do, with a first step within 48 hours."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="actions")
    what = models.CharField(max_length=200)
    first_step = models.CharField(max_length=200)
    planned_at = models.DateTimeField(default=timezone.now)
    first_due_at = models.DateTimeField()
    first_done_at = models.DateTimeField(null=True, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="plan_actions",
    )
    owner_role = models.CharField(max_length=11, choices=OwnerRole)
    how_known = models.CharField(max_length=200)
    state = models.CharField(max_length=7, choices=State, default=State.PLANNED)
    started_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    let_go_on = models.DateField(null=True, blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["planned_at", "pk"]
        indexes = [
            models.Index(
                fields=["first_due_at"],
                condition=Q(first_done_at__isnull=True, removed_at__isnull=True),
                name="learning_steps_to_take",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(first_step="") & ~Q(how_known=""),
                name="learning_action_has_words",
                violation_error_message="Put what, the first step, and how you will know.",
            ),
            models.CheckConstraint(
                condition=Q(owner_role__in=OwnerRole.values),
                name="learning_action_owner_known",
                violation_error_message="Choose who sees to it.",
            ),
            models.CheckConstraint(
                condition=Q(first_due_at__gte=F("planned_at"))
                & Q(first_due_at__lte=F("planned_at") + FIRST_STEP_WITHIN),
                name="learning_action_first_within_48_hours",
            ),
            models.CheckConstraint(
                condition=Q(
                    state="planned",
                    started_on__isnull=True,
                    done_on__isnull=True,
                    let_go_on__isnull=True,
                )
                | Q(
                    state="started",
                    started_on__isnull=False,
                    done_on__isnull=True,
                    let_go_on__isnull=True,
                )
                | Q(state="done", done_on__isnull=False, let_go_on__isnull=True)
                | Q(state="let_go", let_go_on__isnull=False, done_on__isnull=True),
                name="learning_action_state_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"An action at {self.plan.home}"

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on it is asked in."""
        return self.plan.permission_scope()

    @property
    def is_open(self) -> bool:
        """Say whether there is still something to do."""
        return self.state in (State.PLANNED, State.STARTED)

    @property
    def owner_words(self) -> str:
        """Who sees to it: the person while there is one, else the role."""
        return self.owner.name if self.owner else self.get_owner_role_display()

    def is_late(self, now: dt.datetime) -> bool:
        """Say whether the 48 hours are over and the first step is not taken."""
        return self.is_open and self.first_done_at is None and now > self.first_due_at


class Verdict(models.TextChoices):
    """What comes of a look back."""

    KEEP = "keep", "Keep it up"
    ALTER = "alter", "Alter it"
    STOP = "stop", "Stop it"


@pghistory.track()
class Review(models.Model):
    """A look back at an action, after 3 and after 6 months; it waits from the start."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="reviews")
    month = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    held_on = models.DateField(null=True, blank=True)
    changed = models.CharField(max_length=500, blank=True)
    verdict = models.CharField(max_length=5, choices=Verdict, blank=True)
    version = models.PositiveIntegerField(default=1)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["action", "month"]
        indexes = [
            models.Index(
                fields=["due_on"], condition=Q(held_on__isnull=True), name="learning_review_due"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["action", "month"], name="learning_review_once"),
            models.CheckConstraint(
                condition=Q(month__in=REVIEW_MONTHS), name="learning_review_month_known"
            ),
            models.CheckConstraint(
                condition=Q(held_on__isnull=True, verdict="", changed="")
                | Q(held_on__isnull=False, verdict__in=Verdict.values) & ~Q(changed=""),
                name="learning_review_held_with_words",
                violation_error_message="Put what has changed, and whether to go on.",
            ),
        ]

    def __str__(self) -> str:
        return f"A look back at {self.action.plan.home}, month {self.month}"

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on it is asked in."""
        return self.action.permission_scope()
