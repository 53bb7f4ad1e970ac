"""A home's printed codes, and what was noted from them: it waits for the home team."""

import datetime as dt
from typing import Any, Final, Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from fans.connections.models import Connection, Direction, Partnership, Rating
from fans.people.models import Person
from homes.models import Home

GOOD_FOR_AT_MOST: Final = dt.timedelta(days=366)
"""No sheet works for longer: whoever took a picture of it should not keep it for ever."""

UNDO_WINDOW: Final = dt.timedelta(minutes=10)


class QuickCodeQuerySet(models.QuerySet["QuickCode"]):
    """Codes by home and by whether they still open anything."""

    def live(self, on: dt.date | None = None) -> Self:
        """Keep those that nobody has ended, and whose last day has not passed."""
        on = on or timezone.localdate()
        return self.filter(revoked_at__isnull=True, expires_on__gte=on)


@pghistory.track(exclude=["token_hash"])
class QuickCode(models.Model):
    """One printed sheet of a home; only the hash of what its code holds is kept."""

    home = models.ForeignKey(Home, models.PROTECT, related_name="quick_codes")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    # So that the team knows which sheet to take down: "Staff room".
    hangs_at = models.CharField(max_length=40, blank=True)
    made_on = models.DateField(default=timezone.localdate)
    made_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    expires_on = models.DateField()  # its last good day
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = QuickCodeQuerySet.as_manager()

    class Meta:
        ordering = ["-made_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(token_hash__regex="^[0-9a-f]{64}$"),  # noqa: S106 (its shape)
                name="quick_code_hash_only",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("made_on"))
                & Q(expires_on__lte=F("made_on") + GOOD_FOR_AT_MOST),
                name="quick_code_a_year_at_most",
            ),
            models.CheckConstraint(
                condition=Q(revoked_by__isnull=True) | Q(revoked_at__isnull=False),
                name="quick_code_ended_when",
            ),
        ]

    def __str__(self) -> str:
        return self.hangs_at or f"Sheet of {self.made_on.day} {self.made_on:%B %Y}"

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this code is asked in."""
        return {"home": {self.home_id}}

    def is_live(self, on: dt.date) -> bool:
        """Say whether it opens the form on a day."""
        return self.revoked_at is None and on <= self.expires_on

    def can_be_restored(self, at: dt.datetime) -> bool:
        """Say whether it was ended so lately that this can be taken back."""
        return self.revoked_at is not None and at - self.revoked_at <= UNDO_WINDOW


class EntryState(models.TextChoices):
    """What became of something noted."""

    WAITING = "waiting", "Waits for the home team"
    CONFIRMED = "confirmed", "In the log"
    REFUSED = "refused", "Not for the log"


class QuickEntryQuerySet(models.QuerySet["QuickEntry"]):
    """What was noted, by home and by what became of it."""

    def waiting(self) -> Self:
        """Keep what nobody has decided."""
        return self.filter(state=EntryState.WAITING)

    def of_homes(self, homes: Any) -> Self:
        """Keep what was noted from the sheets of some homes: a queryset, or a list."""
        return self.filter(code__home__in=homes)


@pghistory.track()
class QuickEntry(models.Model):
    """Something that happened, as somebody noted it from a sheet; not in the log yet."""

    code = models.ForeignKey(QuickCode, models.PROTECT, related_name="entries")
    client_uuid = models.UUIDField(unique=True)
    # One of the home's ties, or what somebody else is called.
    partnership = models.ForeignKey(
        Partnership, models.PROTECT, null=True, blank=True, related_name="quick_entries"
    )
    who = models.CharField(max_length=80, blank=True)
    happened_on = models.DateField()
    direction = models.CharField(max_length=6, choices=Direction)
    residents_count = models.PositiveSmallIntegerField(null=True, blank=True)
    community_count = models.PositiveSmallIntegerField(null=True, blank=True)
    rating = models.PositiveSmallIntegerField(choices=Rating, null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    noted_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=9, choices=EntryState, default=EntryState.WAITING)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    connection = models.OneToOneField(
        Connection, models.PROTECT, null=True, blank=True, related_name="quick_entry"
    )

    objects = QuickEntryQuerySet.as_manager()

    class Meta:
        ordering = ["happened_on", "pk"]
        indexes = [
            models.Index(
                fields=["code"], condition=Q(state="waiting"), name="quick_entry_waiting"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(partnership__isnull=False, who="")
                | (Q(partnership__isnull=True) & ~Q(who="")),
                name="quick_entry_tie_or_name",
            ),
            models.CheckConstraint(
                condition=Q(state__in=EntryState.values), name="quick_entry_state_known"
            ),
            models.CheckConstraint(
                condition=Q(direction__in=Direction.values), name="quick_entry_direction_known"
            ),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__gte=1, rating__lte=5),
                name="quick_entry_rating_1_5",
            ),
            models.CheckConstraint(
                condition=Q(state=EntryState.WAITING, decided_at=None, decided_by=None)
                | (~Q(state=EntryState.WAITING) & Q(decided_at__isnull=False)),
                name="quick_entry_decided_when",
            ),
            # In the log if, and only if, the home team said so.
            models.CheckConstraint(
                condition=Q(state=EntryState.CONFIRMED, connection__isnull=False)
                | (~Q(state=EntryState.CONFIRMED) & Q(connection__isnull=True)),
                name="quick_entry_logged_if_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.happened_on}: {self.called}"

    @property
    def called(self) -> str:
        """Whom it was with, in words."""
        return str(self.partnership.partner) if self.partnership else self.who

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this entry is asked in."""
        return {"home": {self.code.home_id}}

    def can_be_undone(self, at: dt.datetime) -> bool:
        """Say whether it was decided so lately that this can be taken back."""
        return self.decided_at is not None and at - self.decided_at <= UNDO_WINDOW
