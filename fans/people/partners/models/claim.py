"""A claim: somebody says that a place is theirs, and wants to keep its entry right."""

import datetime as dt
from collections.abc import Iterable
from typing import Final, Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone

from assets.models import Asset
from fans.people.models import Invitation, Person
from geo.inside import inside_areas

MAIL_GOOD_FOR: Final = dt.timedelta(days=14)


class ClaimState(models.TextChoices):
    """What became of a claim."""

    WAITING = "waiting", "Waits for an answer"
    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Refused"
    DENIED = "denied", "The place itself said no"


class How(models.TextChoices):
    """What proved it."""

    MAIL = "mail", "by the link mailed to the place’s own address"
    WORD = "word", "by a champion’s word"


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Claims by state and place."""

    def waiting(self) -> Self:
        """Keep those that nobody has decided."""
        return self.filter(state=ClaimState.WAITING)

    def with_open_mail(self) -> Self:
        """Keep those whose link, mailed to the place, still opens."""
        good = Q(token_hash__isnull=False, expires_at__gt=timezone.now())
        return self.waiting().filter(good)

    def within(self, *, everywhere: bool, area_ids: Iterable[int]) -> Self:
        """Keep those about places in the areas named (or all)."""
        return (
            self
            if everywhere
            else self.filter(inside_areas(area_ids, column="asset__location"))
        )


@pghistory.track(exclude=["token_hash", "own_hash"])
class Claim(models.Model):
    """Who asked to look after the entry of a place, and what came of it.

    Nothing is ever mailed to the address given here before a champion has approved it: the
    link goes to the address that the place itself is known by.
    """

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="claims")
    name = models.CharField("your name", max_length=80)
    role = models.CharField("what you do there", max_length=80)
    email = models.EmailField("your e-mail address", blank=True)
    state = models.CharField(max_length=8, choices=ClaimState, default=ClaimState.WAITING)
    created_at = models.DateTimeField(default=timezone.now)
    # Of the link that was mailed to the place, while it may be used; and to which address.
    token_hash = models.CharField(
        max_length=64, unique=True, null=True, blank=True, editable=False
    )
    address_hash = models.CharField(max_length=64, blank=True, editable=False)
    mailed_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    # Of the address under which whoever asked sees what became of it.
    own_hash = models.CharField(max_length=64, unique=True, editable=False)
    how = models.CharField(max_length=4, choices=How, blank=True)
    words = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    invitation = models.ForeignKey(
        Invitation, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(fields=["address_hash", "-mailed_at"], name="partners_claim_mailed")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ClaimState.values), name="partners_claim_state_known"
            ),
            models.CheckConstraint(
                condition=Q(how__in=["", *How.values]), name="partners_claim_how_known"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(role=""), name="partners_claim_says_who"
            ),
            models.CheckConstraint(
                condition=Q(state=ClaimState.WAITING) | Q(token_hash__isnull=True),
                name="partners_claim_link_only_while_it_waits",
            ),
            models.CheckConstraint(
                condition=Q(token_hash__isnull=True)
                | (Q(mailed_at__isnull=False, expires_at__isnull=False) & ~Q(address_hash="")),
                name="partners_claim_link_mailed_when",
            ),
            models.CheckConstraint(
                condition=Q(state=ClaimState.WAITING, decided_at__isnull=True)
                | (~Q(state=ClaimState.WAITING) & Q(decided_at__isnull=False)),
                name="partners_claim_decided_when",
            ),
            models.CheckConstraint(
                condition=Q(state=ClaimState.APPROVED) | Q(how=""),
                name="partners_claim_proof_of_a_yes",
            ),
            models.CheckConstraint(
                condition=~Q(state=ClaimState.REFUSED) | ~Q(words=""),
                name="partners_claim_refused_with_words",
            ),
            models.UniqueConstraint(
                fields=["asset"],
                condition=Q(token_hash__isnull=False),
                name="partners_claim_one_mail_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asset}: {self.get_state_display()}"

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this claim is asked in."""
        return {"asset": {self.asset_id}}

    @property
    def mail_is_open(self) -> bool:
        """Say whether the link that was mailed to the place may still be used."""
        return (
            self.state == ClaimState.WAITING
            and self.token_hash is not None
            and self.expires_at is not None
            and self.expires_at > timezone.now()
        )
