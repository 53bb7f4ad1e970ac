"""What is known of an address whatever becomes of its person: kept as a keyed hash alone."""

from typing import Final

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone

from assets.models import Asset
from fans.people.models import Person
from fans.people.post.models.mail import Kind

EVERY_KIND: Final = "all"
STOPPABLE: Final = (Kind.VOLUNTEERING, Kind.PROGRAMME, Kind.PARTNER)


class How(models.TextChoices):
    """How somebody said that they want no more."""

    LINK = "link", "by the link in a mail"
    ONE_CLICK = "one_click", "by the button of their mail program"
    ACCOUNT = "account", "on the page of their account"
    COMPLAINT = "complaint", "by reporting a mail as unwanted"


class Why(models.TextChoices):
    """Why nothing more is sent to an address."""

    BOUNCED = "bounced", "mail comes back"
    COMPLAINED = "complained", "mail was reported as unwanted"


@pghistory.track()
class Stop(models.Model):
    """An address gets no mail of a kind, or of any kind that can be stopped."""

    address_hash = models.CharField(max_length=64)
    kind = models.CharField(max_length=12)
    how = models.CharField(max_length=10, choices=How)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["address_hash", "kind"], name="post_stop_said_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[*STOPPABLE, EVERY_KIND]),
                name="post_stop_kind_can_be_stopped",
            ),
            models.CheckConstraint(condition=Q(how__in=How.values), name="post_stop_how_known"),
        ]

    def __str__(self) -> str:
        return f"No mail: {self.kind}"


@pghistory.track()
class Returned(models.Model):
    """An address that mail comes back from, or that reported it as unwanted."""

    address_hash = models.CharField(max_length=64, unique=True)
    why = models.CharField(max_length=10, choices=Why)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "returned"
        constraints = [
            models.CheckConstraint(
                condition=Q(why__in=Why.values), name="post_returned_why_known"
            )
        ]

    def __str__(self) -> str:
        return self.get_why_display()


@pghistory.track()
class Approval(models.Model):
    """A champion's word that an asset may be written to at an address."""

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="mail_approvals")
    address_hash = models.CharField(max_length=64)
    by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="mail_approvals"
    )
    at = models.DateTimeField(default=timezone.now)
    # The first mail says where the address is from, and how to object.
    first_mail_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["asset", "address_hash"], name="post_approval_given_once"
            )
        ]

    def __str__(self) -> str:
        return f"Mail to {self.asset} approved"
