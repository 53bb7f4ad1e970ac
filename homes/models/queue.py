"""What registers leave to people: what has changed, and what only a person can tell."""

from collections.abc import Collection
from typing import Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from homes.models.home import Home
from homes.models.registration import Registration


class RegistrationQuestionQuerySet(models.QuerySet["RegistrationQuestion"]):
    """Questions by whether somebody has answered."""

    def waiting(self) -> Self:
        """Keep questions that nobody has answered."""
        return self.filter(same_home__isnull=True)

    def about_homes_in(self, *, everywhere: bool, area_ids: Collection[int]) -> Self:
        """Keep questions about a home that lies in one of these areas."""
        if everywhere:
            return self
        inside = Home.objects.lying_in(area_ids).values("pk")
        return self.filter(Q(gone__home__in=inside) | Q(new__home__in=inside))


@pghistory.track()
class RegistrationQuestion(models.Model):
    """Is this new registration the home whose old one has gone?

    Yes keeps everything that hangs on the home; a person answers, never the import.
    """

    gone = models.ForeignKey(Registration, models.CASCADE, related_name="questions_gone")
    new = models.ForeignKey(Registration, models.CASCADE, related_name="questions_new")
    asked_at = models.DateTimeField(auto_now_add=True)
    same_home = models.BooleanField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = RegistrationQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["gone", "new"], name="homes_registrationquestion_once"
            ),
            models.CheckConstraint(
                condition=~Q(gone=F("new")), name="homes_registrationquestion_two"
            ),
            models.CheckConstraint(
                condition=Q(same_home__isnull=True, answered_at__isnull=True)
                | Q(same_home__isnull=False, answered_at__isnull=False),
                name="homes_registrationquestion_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gone} -> {self.new}"

    @property
    def is_dual(self) -> bool:
        """Say whether both registrations stand: the register calls them one home."""
        return self.gone.until is None

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this question is asked in."""
        return {"home": {self.gone.home_id, self.new.home_id}}


class ChangeKind(models.TextChoices):
    """What a register says anew of a home."""

    NEW = "new", "New"
    RENAMED = "renamed", "New name"
    MOVED = "moved", "Moved"
    CLOSED = "closed", "Closed"
    BEDS_CHANGED = "beds_changed", "Beds changed"
    REOPENED = "reopened", "Listed again"


class RegisterChangeQuerySet(models.QuerySet["RegisterChange"]):
    """Changes by whether somebody has seen them."""

    def unseen(self) -> Self:
        """Keep changes that nobody has marked as seen."""
        return self.filter(seen_at__isnull=True)

    def about_homes_in(self, *, everywhere: bool, area_ids: Collection[int]) -> Self:
        """Keep changes of homes that lie in one of these areas."""
        if everywhere:
            return self
        inside = Home.objects.lying_in(area_ids).values("pk")
        return self.filter(registration__home__in=inside)


class RegisterChange(models.Model):
    """One thing that a register says anew; kept until a person has seen it."""

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="register_changes"
    )
    kind = models.CharField(max_length=12, choices=ChangeKind)
    before = models.CharField(max_length=400, blank=True)
    after = models.CharField(max_length=400, blank=True)
    noted_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = RegisterChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-noted_at", "-pk"]
        indexes = [
            models.Index(
                fields=["-noted_at", "-id"],
                condition=Q(seen_at__isnull=True),
                name="homes_registerchange_unseen",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ChangeKind.values), name="homes_registerchange_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(seen_by__isnull=True) | Q(seen_at__isnull=False),
                name="homes_registerchange_seen_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.registration}"

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this change is asked in."""
        return {"home": {self.registration.home_id}}
