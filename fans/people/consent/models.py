"""The ledger: wordings as they were published, and who agreed to which."""

import datetime as dt
from typing import Final, Self

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from fans.people.models import Person

UNDO_FOR: Final = dt.timedelta(minutes=10)


class Scope(models.TextChoices):
    """In what way it is the person's own yes."""

    SELF = "self", "They said so themselves"
    SUPPORTED = "supported", "They said so with somebody's help"
    BEST_INTERESTS = "best_interests", "Decided in their best interests"
    GUARDIAN = "guardian", "A parent, carer or leader said so, for somebody under 18"


class How(models.TextChoices):
    """Which way the words came."""

    WEB = "web", "On this site"
    PAPER = "paper", "On paper"
    PHONE = "phone", "By phone"
    IN_PERSON = "in_person", "In person"


@pghistory.track()
class Wording(models.Model):
    """A text as it was published. The database refuses any change to it."""

    purpose = models.SlugField(max_length=40)
    version = models.PositiveSmallIntegerField()
    text = models.TextField()
    published_on = models.DateField()

    class Meta:
        ordering = ["purpose", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "version"], name="consent_wording_version_once"
            ),
            # What the ledger's own key points at: see migration 0001.
            models.UniqueConstraint(fields=["id", "purpose"], name="consent_wording_purpose"),
            models.CheckConstraint(condition=~Q(text=""), name="consent_wording_has_text"),
            models.CheckConstraint(
                condition=Q(version__gte=1), name="consent_wording_version_from_1"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose}, version {self.version}"


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Entries of the ledger by whether they stand."""

    def standing(self) -> Self:
        """Keep those neither taken back nor replaced by a newer yes."""
        return self.filter(withdrawn_at__isnull=True, replaced_at__isnull=True)

    def ended_before(self, day: dt.date) -> Self:
        """Keep those taken back or replaced before ``day`` began."""
        start = timezone.make_aware(dt.datetime.combine(day, dt.time.min))
        return self.filter(Q(withdrawn_at__lt=start) | Q(replaced_at__lt=start))


@pghistory.track()
class Consent(models.Model):
    """Somebody's yes to one wording. Entries are added and ended, never rewritten."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="consents")
    wording = models.ForeignKey(Wording, models.PROTECT, related_name="consents")
    # The wording's own, repeated: one yes stands for each purpose.
    purpose = models.SlugField(max_length=40)
    scope = models.CharField(max_length=14, choices=Scope, default=Scope.SELF)
    how = models.CharField(max_length=9, choices=How)
    given_at = models.DateTimeField(default=timezone.now)
    # Who spoke for them, where that is somebody we know.
    given_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recorded_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_how = models.CharField(max_length=9, choices=How, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose"],
                condition=Q(withdrawn_at__isnull=True, replaced_at__isnull=True),
                name="consent_consent_stands_once",
            ),
            models.CheckConstraint(
                condition=Q(scope__in=Scope.values), name="consent_consent_scope_known"
            ),
            models.CheckConstraint(
                condition=Q(how__in=How.values), name="consent_consent_how_known"
            ),
            models.CheckConstraint(
                condition=Q(recorded_at__gte=F("given_at")),
                name="consent_consent_recorded_later",
                violation_error_message="It is recorded before it was given.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="consent_consent_withdrawn_later",
                violation_error_message="It was taken back before it was given.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_how="")
                | Q(withdrawn_at__isnull=False, withdrawn_how__in=How.values),
                name="consent_consent_withdrawn_how",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by__isnull=True) | Q(withdrawn_at__isnull=False),
                name="consent_consent_withdrawn_when",
            ),
            models.CheckConstraint(
                condition=Q(replaced_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="consent_consent_one_end",
            ),
            # Unknown once the other person was erased: an unknown passes.
            models.CheckConstraint(
                condition=~Q(scope=Scope.BEST_INTERESTS) | ~Q(recorded_by=F("person")),
                name="consent_consent_best_interests_by_another",
                violation_error_message="Somebody else decides in a person's best interests.",
            ),
            models.CheckConstraint(
                condition=Q(given_by__isnull=True) | ~Q(given_by=F("person")),
                name="consent_consent_spoken_by_another",
                violation_error_message="Nobody speaks for themselves as another.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.purpose}"

    @property
    def stands(self) -> bool:
        """Say whether it is neither taken back nor replaced."""
        return self.withdrawn_at is None and self.replaced_at is None

    def can_be_restored(self, at: dt.datetime) -> bool:
        """Say whether it was taken back so lately that it may stand again."""
        return self.withdrawn_at is not None and at - self.withdrawn_at <= UNDO_FOR
