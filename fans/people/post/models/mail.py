"""A mail to one address, from being written until what became of it is known."""

import datetime as dt
from typing import Final, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from assets.models import Asset
from fans.people.models import Person

STUCK_AFTER: Final = dt.timedelta(minutes=5)
"""A mail that nobody has picked up for so long says that no worker runs."""


class Kind(models.TextChoices):
    """What a mail is for; every kind but the first can be stopped by whoever gets it."""

    ACCOUNT = "account", "Your account: codes, links, changes"
    VOLUNTEERING = "volunteering", "Volunteering"
    PROGRAMME = "programme", "The programme"
    PARTNER = "partner", "Your place or group"


class State(models.TextChoices):
    """What has become of a mail."""

    QUEUED = "queued", "waits to be sent"
    LEAVING = "leaving", "is being handed over"
    SENT = "sent", "sent"
    KEPT = "kept", "kept here"
    STOPPED = "stopped", "not sent"
    BOUNCED = "bounced", "came back"
    COMPLAINED = "complained", "reported as unwanted"
    FAILED = "failed", "could not be sent"


OVER: Final = frozenset(State.values) - {State.QUEUED, State.LEAVING, State.KEPT}
"""States that nothing leads out of but news of what became of it: the words are gone."""


class MailQuerySet(models.QuerySet["Mail"]):
    """Mail by what has to be done with it."""

    def due(self) -> Self:
        """Keep those that could be handed over now."""
        return self.filter(state=State.QUEUED, next_try_at__lte=timezone.now())

    def stuck(self) -> Self:
        """Keep those that should have been handed over five minutes ago."""
        since = timezone.now() - STUCK_AFTER
        return self.filter(state=State.QUEUED, next_try_at__lt=since)


class Mail(models.Model):
    """One mail to one address. Its words are kept only until it has left."""

    kind = models.CharField(max_length=12, choices=Kind, default=Kind.ACCOUNT)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    to = models.CharField(max_length=320)
    # Whose address it is, so that it goes with the person.
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="mails"
    )
    by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="mails_caused"
    )
    asset = models.ForeignKey(
        Asset, models.SET_NULL, null=True, blank=True, related_name="mails"
    )
    from_email = models.CharField(max_length=320, blank=True)
    subject = models.TextField(blank=True)
    body = models.TextField(blank=True)
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    # Ours, or the one that the provider gave it: news of a mail come under this.
    message_id = models.CharField(max_length=255, blank=True, db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    written_at = models.DateTimeField(default=timezone.now)
    next_try_at = models.DateTimeField(default=timezone.now)
    taken_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    # Codes and our own words; never what a server answered, which may hold an address.
    error = models.CharField(max_length=120, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-pk"]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(state__in=[State.QUEUED, State.LEAVING]),
                name="post_mail_waiting",
            ),
            models.Index(fields=["to"], name="post_mail_to"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values), name="post_mail_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="post_mail_state_known"
            ),
            models.CheckConstraint(condition=~Q(to=""), name="post_mail_to_somebody"),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(OVER)) | Q(subject="", body="", html=""),
                name="post_mail_over_says_nothing",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SENT) | Q(sent_at__isnull=False),
                name="post_mail_sent_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.LEAVING) | Q(taken_at__isnull=False),
                name="post_mail_leaving_since",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.get_state_display()}"
