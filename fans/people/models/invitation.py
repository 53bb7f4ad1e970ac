"""Invitations: one role offered to one address, for two weeks."""

import datetime as dt
import hashlib
from typing import Final, Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from fans.people.models.person import Person
from fans.people.models.roles import RoleInScope, role_constraints

GOOD_FOR: Final = dt.timedelta(days=14)
MOST_SENT: Final = 5
"""How often one invitation may be mailed, the first time included."""


def hash_of(token: str) -> str:
    """Return what is stored of a token: 32 random bytes need no salt and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def _two_weeks_on() -> dt.datetime:
    return timezone.now() + GOOD_FOR


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations by what has become of them."""

    def waiting(self) -> Self:
        """Keep those neither accepted nor taken back, too old or not."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)

    def good(self) -> Self:
        """Keep those that would still open a door."""
        return self.waiting().filter(expires_at__gt=timezone.now())


@pghistory.track(exclude=["token_hash"])
class Invitation(RoleInScope):
    """A role offered by mail; the link in it works once, and only its hash is kept."""

    email = models.EmailField("e-mail address")
    until = models.DateField(null=True, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=_two_weeks_on)
    sent = models.PositiveSmallIntegerField(default=1)
    # Since when mail to the address comes back; a new one may arrive.
    returned_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            *role_constraints("invitation"),
            models.CheckConstraint(
                condition=Q(email=Lower("email")) & ~Q(email=""),
                name="people_invitation_email_lower_case",
                violation_error_message="An e-mail address is kept in lower case.",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="people_invitation_ordered"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="people_invitation_one_end",
            ),
            models.CheckConstraint(
                condition=Q(sent__gte=1, sent__lte=MOST_SENT),
                name="people_invitation_sent_five_times",
            ),
            models.UniqueConstraint(
                fields=["email", "role", "home", "cohort", "area", "asset"],
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                nulls_distinct=False,
                name="people_invitation_waits_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.get_role_display()}"

    @property
    def is_too_old(self) -> bool:
        """Say whether its two weeks are over."""
        return self.expires_at <= timezone.now()

    @property
    def may_be_sent_again(self) -> bool:
        """Say whether it has been mailed less often than it may be."""
        return self.sent < MOST_SENT
