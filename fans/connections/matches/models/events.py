"""What happened to a match, who did it and when; and what each side made ready."""

import pghistory
from django.db import models
from django.db.models import Q

from fans.connections.matches.models.match import Match, Side
from fans.people.models import Person


class Happening(models.TextChoices):
    """What can happen to a match."""

    PROPOSED = "proposed", "Brought together"
    YES = "yes", "Said yes"
    DECLINED = "declined", "Said no"
    STARTED = "started", "Started"
    RESTED = "rested", "Let it rest"
    RESUMED = "resumed", "Started again"
    ENDED = "ended", "Ended"
    MANNER = "manner", "Changed how they come"
    HELD = "held", "With somebody at hand only, until the check is looked at again"
    RELEASED = "released", "May be alone again"
    UNDONE = "undone", "Taken back"


class MatchStep(models.Model):
    """One thing that happened: never changed, only added, and gone with its match alone.

    ``before`` is how the match stood, without words, so that it can be taken back.
    """

    match = models.ForeignKey(Match, models.CASCADE, related_name="steps")
    what = models.CharField(max_length=8, choices=Happening)
    side = models.CharField(max_length=9, choices=Side)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    before = models.JSONField(default=dict, blank=True)
    after = models.CharField(max_length=9)  # the status it came to
    undoes = models.OneToOneField(
        "self", models.CASCADE, null=True, blank=True, related_name="undone_by"
    )

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(what__in=Happening.values), name="matches_matchstep_what_known"
            ),
            models.CheckConstraint(
                condition=Q(side__in=Side.values), name="matches_matchstep_side_known"
            ),
            models.CheckConstraint(
                condition=Q(what="undone", undoes__isnull=False)
                | (~Q(what="undone") & Q(undoes__isnull=True)),
                name="matches_matchstep_undoes_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} on {self.at:%Y-%m-%d}"


@pghistory.track()
class ReadyTick(models.Model):
    """One thing that a side made ready before the first visit."""

    match = models.ForeignKey(Match, models.CASCADE, related_name="ready_ticks")
    side = models.CharField(
        max_length=9, choices=[(Side.HOME, "The home"), (Side.VOLUNTEER, "The volunteer")]
    )
    item = models.CharField(max_length=40)
    done_on = models.DateField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["done_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["match", "side", "item"], name="matches_readytick_once"
            ),
            models.CheckConstraint(
                condition=Q(side__in=["home", "volunteer"]),
                name="matches_readytick_side_known",
            ),
        ]

    def __str__(self) -> str:
        return self.item
