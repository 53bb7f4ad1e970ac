"""One volunteer and one home, brought together by the yes of both."""

import datetime as dt
from typing import Any, Final, Self

import pghistory
from django.db import models
from django.db.models import Case, OuterRef, Q, Subquery, When

from fans.people.volunteers.models import Vetting, Volunteer
from homes.models import Home

RECHECK_SOON: Final = dt.timedelta(days=30)
"""A check that is to be looked at again is spoken of so long before."""


class MatchStatus(models.TextChoices):
    """How far a match has come."""

    SUGGESTED = "suggested", "Suggested"
    ASKED = "asked", "One side has said yes"
    AGREED = "agreed", "Both said yes"
    LIVE = "live", "Coming"
    RESTING = "resting", "Resting"
    ENDED = "ended", "Ended"
    DECLINED = "declined", "Not this time"


class Manner(models.TextChoices):
    """Whether somebody of the home is always at hand."""

    ACCOMPANIED = "accompanied", "With somebody from the home at hand"
    ALONE = "alone", "May be alone with people who live there"


class Side(models.TextChoices):
    """Who said something."""

    HOME = "home", "The home"
    VOLUNTEER = "volunteer", "The volunteer"
    BROKER = "broker", "The volunteer lead or champion"
    RULE = "rule", "Nobody’s hand: a rule"


class Reason(models.TextChoices):
    """Why a match did not come about, or is over; nothing about anybody's person."""

    NOT_NOW = "not_now", "Not now"
    TOO_FAR = "too_far", "Too far to go"
    TIMES = "times", "The times do not fit"
    NO_STAFF = "no_staff", "Nobody there to welcome them"
    ENOUGH = "enough", "Enough to do for now"
    OTHER = "other", "Something else"
    WITHDRAWN = "withdrawn", "Taken back at once"
    LEFT = "left", "The volunteer has left"
    CLOSED = "closed", "The home has closed"


OVER: Final = (MatchStatus.ENDED, MatchStatus.DECLINED)
OPEN: Final = tuple(status for status in MatchStatus if status not in OVER)
BOTH_SAID_YES: Final = (MatchStatus.AGREED, MatchStatus.LIVE, MatchStatus.RESTING)


class MatchQuerySet(models.QuerySet["Match"]):
    """Matches by where they stand, whose they are, and what their checks let them do."""

    def open(self) -> Self:
        """Keep those that are not over."""
        return self.exclude(status__in=OVER)

    def over(self) -> Self:
        """Keep those that ended, or did not come about."""
        return self.filter(status__in=OVER)

    def live(self) -> Self:
        """Keep those that somebody comes by."""
        return self.filter(status=MatchStatus.LIVE)

    def of_homes(self, homes: Any) -> Self:
        """Keep those of these homes."""
        return self.filter(home__in=homes)

    def of_volunteers(self, volunteers: Any) -> Self:
        """Keep those of these volunteers."""
        return self.filter(volunteer__in=volunteers)

    def waiting_for(self, side: str) -> Self:
        """Keep those that wait for the yes of one side."""
        asked = self.filter(status__in=[MatchStatus.SUGGESTED, MatchStatus.ASKED])
        return asked.filter(**{f"{side}_yes_at__isnull": True})

    def with_clearance(self, on: dt.date) -> Self:
        """Annotate ``recheck_on`` and ``cleared``: may they be alone with people on ``on``?

        ``recheck_on`` is the day of the latest decision for the volunteer's role. Cleared
        takes a decision that they are suitable, still good, and their lead's word.
        """
        decided = Vetting.objects.filter(
            volunteer=OuterRef("volunteer"), role_slug=OuterRef("volunteer__role_slug")
        ).exclude(outcome=Vetting.Outcome.WAITING)
        latest = decided.order_by("-decided_on", "-pk")
        good = Q(_outcome=Vetting.Outcome.OK, volunteer__may_be_alone=True)
        holds = Q(recheck_on__isnull=True) | Q(recheck_on__gte=on)
        return self.annotate(
            _outcome=Subquery(latest.values("outcome")[:1]),
            recheck_on=Subquery(latest.values("recheck_on")[:1]),
        ).annotate(cleared=Case(When(good & holds, then=True), default=False))

    def blocked(self, on: dt.date) -> Self:
        """Keep those that both agreed to, to be alone there, and that nobody is cleared for."""
        alone = self.filter(status=MatchStatus.AGREED, manner=Manner.ALONE)
        return alone.with_clearance(on).filter(cleared=False)

    def expiring(self, on: dt.date) -> Self:
        """Keep live ones whose check is due within 30 days of ``on``, or is due by now."""
        return self.live().with_clearance(on).filter(recheck_on__lte=on + RECHECK_SOON)

    def lapsed(self, on: dt.date) -> Self:
        """Keep live ones that let somebody be alone whom no check lets be alone on ``on``."""
        alone = self.live().filter(manner=Manner.ALONE, held_since__isnull=True)
        return alone.with_clearance(on).filter(cleared=False)


@pghistory.track(exclude=["words"])  # somebody's words about the other go when they go
class Match(models.Model):
    """One volunteer and one home. It is live by the yes of both, and never by one's alone.

    ``manner`` is what was agreed. ``held_since``: with somebody at hand only, since their
    check is to be looked at again. Being alone takes a good decision: migration 0002 holds
    it, for whoever writes.
    """

    home = models.ForeignKey(Home, models.PROTECT, related_name="matches")
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="matches")
    status = models.CharField(max_length=9, choices=MatchStatus, default=MatchStatus.SUGGESTED)
    manner = models.CharField(max_length=11, choices=Manner, default=Manner.ACCOMPANIED)
    home_yes_at = models.DateTimeField(null=True, blank=True)
    volunteer_yes_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    # Who let it rest; they or the volunteer's lead start it again.
    rested_side = models.CharField(max_length=9, choices=Side, blank=True)
    held_since = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=9, choices=Reason, blank=True)
    words = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = MatchQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        verbose_name_plural = "matches"
        indexes = [
            models.Index(fields=["home", "status"], name="matches_home_status"),
            models.Index(fields=["volunteer", "status"], name="matches_volunteer_status"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["home", "volunteer"],
                condition=~Q(status__in=["ended", "declined"]),
                name="matches_match_one_open",
                violation_error_message="There is a match of these two already.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=MatchStatus.values), name="matches_match_status_known"
            ),
            models.CheckConstraint(
                condition=Q(manner__in=Manner.values), name="matches_match_manner_known"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["agreed", "live", "resting"])
                | Q(home_yes_at__isnull=False, volunteer_yes_at__isnull=False),
                name="matches_match_both_said_yes",
                violation_error_message="Both sides have to say yes first.",
            ),
            models.CheckConstraint(
                condition=~Q(status="suggested")
                | Q(home_yes_at__isnull=True, volunteer_yes_at__isnull=True),
                name="matches_match_suggested_unanswered",
            ),
            models.CheckConstraint(
                condition=~Q(status="asked")
                | Q(home_yes_at__isnull=True, volunteer_yes_at__isnull=False)
                | Q(home_yes_at__isnull=False, volunteer_yes_at__isnull=True),
                name="matches_match_asked_by_one",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["live", "resting"]) | Q(started_at__isnull=False),
                name="matches_match_started",
            ),
            models.CheckConstraint(
                condition=Q(status="resting", rested_side__in=["home", "volunteer", "broker"])
                | (~Q(status="resting") & Q(rested_side="")),
                name="matches_match_rested_by_a_side",
            ),
            models.CheckConstraint(
                condition=Q(held_since__isnull=True) | Q(manner="alone"),
                name="matches_match_held_was_alone",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["ended", "declined"], reason__in=Reason.values)
                | (~Q(status__in=["ended", "declined"]) & Q(reason="", words="")),
                name="matches_match_over_has_reason",
                violation_error_message="Say why, by one of the reasons.",
            ),
        ]

    def __str__(self) -> str:
        return f"Match {self.pk}: {self.get_status_display()}"

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this row is asked in: the home's."""
        return {"home": {self.home_id}}

    @property
    def person_id(self) -> int:
        """Return whom it is about, for the log of reads."""
        return self.volunteer.person_id

    @property
    def is_over(self) -> bool:
        """Say whether it ended, or did not come about."""
        return self.status in OVER

    def yes_of(self, side: str) -> dt.datetime | None:
        """Return when a side said yes; None where it has not."""
        said: dt.datetime | None = getattr(self, f"{side}_yes_at")
        return said
