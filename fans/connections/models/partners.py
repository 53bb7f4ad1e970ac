"""Partners, and the lasting tie of a home with each."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from assets import categories
from assets.models import Asset
from homes.models import Home


class PartnerKind(models.TextChoices):
    """Who a home is tied to."""

    ASSET = "asset", "A place or group on the map"
    GROUP = "group", "A group that is not on the map"
    PERSON = "person", "A private person"
    FAMILY = "family", "A resident's own family"
    PROFESSIONAL = "professional", "A professional doing their work"


OUTSIDE_COMMUNITY = (PartnerKind.FAMILY, PartnerKind.PROFESSIONAL)
"""Kinds that never count as community."""


@pghistory.track()
class Partner(models.Model):
    """An asset, a group or a person that a home can be tied to."""

    kind = models.CharField(max_length=12, choices=PartnerKind)
    asset = models.OneToOneField(
        Asset, models.PROTECT, null=True, blank=True, related_name="partner"
    )
    # A group's name; for a person a label such as "Accordion player", never shown outside.
    name = models.CharField(max_length=200, blank=True)
    own_category = models.CharField(max_length=20, choices=categories.choices, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=PartnerKind.values),
                name="connections_partner_kind_known",
            ),
            models.CheckConstraint(
                condition=(Q(kind="asset", asset__isnull=False, own_category="", name=""))
                | (~Q(kind="asset") & Q(asset__isnull=True) & ~Q(name="")),
                name="connections_partner_asset_or_name",
            ),
            models.CheckConstraint(
                condition=~Q(kind="group") | Q(own_category__in=categories.SLUGS),
                name="connections_partner_group_named",
                violation_error_message="A group needs a kind of place.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="person") | Q(own_category=categories.INDIVIDUAL_GIFT),
                name="connections_partner_person_gift",
            ),
        ]

    def __str__(self) -> str:
        return self.asset.name if self.asset else self.name

    @property
    def in_title(self) -> str:
        """What a page's title calls it: browsers keep titles, and a label is of a person."""
        is_person = self.kind not in (PartnerKind.ASSET, PartnerKind.GROUP)
        return "somebody" if is_person else str(self)

    @property
    def category(self) -> str:
        """Its asset's category, else its own; empty for family and professionals."""
        return self.asset.category if self.asset else self.own_category


class PartnershipStatus(models.TextChoices):
    """How far a tie has come."""

    IDEA = "idea", "An idea"
    ASKED = "asked", "Asked"
    AGREED = "agreed", "Agreed"
    ACTIVE = "active", "Active"
    QUIET = "quiet", "Going quiet"
    ENDED = "ended", "Ended"
    DECLINED = "declined", "Declined"


class Arranger(models.TextChoices):
    """Who arranges the tie now."""

    CHAMPION = "champion", "The champion"
    HOME = "home", "The home"
    PARTNER = "partner", "The partner"


class DeclinedReason(models.TextChoices):
    """Why a side would rather not: matching reads it before it suggests the other again."""

    NOT_NOW = "not_now", "Not now"
    NOT_FOR_US = "not_for_us", "Not for us"
    TOO_FAR = "too_far", "Too far away"
    NO_ROOM = "no_room", "No room for it"
    NO_STAFF = "no_staff", "Nobody free to do it"
    LOST_TOUCH = "lost_touch", "We lost touch"
    OTHER = "other", "Something else"


class TieSide(models.TextChoices):
    """The two sides of a tie, as its rows name them."""

    HOME = "home", "The home"
    PARTNER = "partner", "The partner"


class Depth(models.IntegerChoices):
    """How deep a tie is. Source: the programme's framework, indicator E2."""

    NONE = 0, "No tie yet"
    ONE_OFF = 1, "A one-off"
    REPEATED = 2, "A repeated event"
    KNOWN = 3, "Known by name, doing things together"
    FRIENDS = 4, "Friends, or a project both would miss"


OVER = (PartnershipStatus.ENDED, PartnershipStatus.DECLINED)
"""Ties that nothing is logged with: somebody said that they are over."""


@pghistory.track()
class Partnership(models.Model):
    """The lasting tie of one home and one partner.

    Both sides confirm: one side alone never makes it active. "Going quiet" is
    computed from its own rhythm; "ended" is only ever said by someone.
    """

    home = models.ForeignKey(Home, models.PROTECT, related_name="partnerships")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="partnerships")
    purpose = models.CharField(max_length=200, blank=True)
    status = models.CharField(
        max_length=8, choices=PartnershipStatus, default=PartnershipStatus.IDEA
    )
    declined_reason = models.CharField(max_length=200, choices=DeclinedReason, blank=True)
    # In their own words, for the home's team and those who accompany it; never outside.
    declined_words = models.CharField(max_length=300, blank=True, default="", db_default="")
    declined_side = models.CharField(
        max_length=7, choices=TieSide, blank=True, default="", db_default=""
    )
    arranged_by = models.CharField(max_length=8, choices=Arranger, default=Arranger.HOME)
    depth = models.PositiveSmallIntegerField(choices=Depth, null=True, blank=True)
    generations = models.BooleanField("brings generations together", default=False)
    home_confirmed_at = models.DateTimeField(null=True, blank=True)
    partner_confirmed_at = models.DateTimeField(null=True, blank=True)
    # Each side also says whether the tie may be named in public.
    home_named_ok = models.BooleanField(default=False)
    partner_named_ok = models.BooleanField(default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["home", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["home", "partner"], name="connections_partnership_once"
            ),
            # What the log's own key points at: see migration 0004.
            models.UniqueConstraint(fields=["id", "home"], name="connections_partnership_home"),
            models.CheckConstraint(
                condition=Q(status__in=PartnershipStatus.values),
                name="connections_partnership_status_known",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["active", "quiet"])
                | Q(home_confirmed_at__isnull=False, partner_confirmed_at__isnull=False),
                name="connections_partnership_both_confirm",
                violation_error_message="Both sides have to confirm before a tie is active.",
            ),
            models.CheckConstraint(
                condition=Q(status="declined") | Q(declined_reason=""),
                name="connections_partnership_reason_declined",
            ),
            models.CheckConstraint(
                condition=Q(declined_reason="") | Q(declined_reason__in=DeclinedReason.values),
                name="connections_partnership_reason_known",
            ),
            models.CheckConstraint(
                condition=Q(status="declined") | Q(declined_words="", declined_side=""),
                name="connections_partnership_words_declined",
            ),
            models.CheckConstraint(
                condition=Q(declined_side="") | Q(declined_side__in=TieSide.values),
                name="connections_partnership_side_known",
            ),
            models.CheckConstraint(
                condition=Q(depth__isnull=True) | Q(depth__lte=4),
                name="connections_partnership_depth_0_4",
            ),
            models.CheckConstraint(
                condition=Q(arranged_by__in=Arranger.values),
                name="connections_partnership_arranger_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.home} and {self.partner}"

    @property
    def is_over(self) -> bool:
        """Say whether somebody said that it ended, or declined it."""
        return self.status in OVER

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scopes that a permission on this tie is asked in."""
        asset_id = self.partner.asset_id
        return {"home": {self.home_id}, "asset": {asset_id} if asset_id else set()}
