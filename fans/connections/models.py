"""Partners, partnerships, connections, tallies, and what lies within a home's reach."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from assets import categories
from assets.models import Asset
from homes.models import Home

PERIOD_DAYS = 31
"""A row may stand for a period of at most this many days."""

REACH_M = 615
"""800 m on foot or by wheelchair, taken as 800 / 1.3 in a straight line."""


class PartnerKind(models.TextChoices):
    """Who a home is tied to."""

    ASSET = "asset", "A place or group on the map"
    GROUP = "group", "A group that is not on the map"
    PERSON = "person", "A private person"
    FAMILY = "family", "A resident's own family"
    PROFESSIONAL = "professional", "A professional doing their work"


OUTSIDE_COMMUNITY = (PartnerKind.FAMILY, PartnerKind.PROFESSIONAL)
"""Kinds that never count as community."""


class Partner(models.Model):
    """An asset, a group or a person that a home can be tied to."""

    kind = models.CharField(max_length=12, choices=PartnerKind)
    asset = models.OneToOneField(
        Asset, models.PROTECT, null=True, blank=True, related_name="partner"
    )
    # A group's name. A person is kept by a label such as "Accordion player", never shown outside.
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


class Depth(models.IntegerChoices):
    """How deep a tie is. Source: the programme's framework, indicator E2."""

    NONE = 0, "No tie yet"
    ONE_OFF = 1, "A one-off"
    REPEATED = 2, "A repeated event"
    KNOWN = 3, "Known by name, doing things together"
    FRIENDS = 4, "Friends, or a project both would miss"


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
    declined_reason = models.CharField(max_length=200, blank=True)
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

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scopes that a permission on this tie is asked in."""
        asset_id = self.partner.asset_id
        return {"home": {self.home_id}, "asset": {asset_id} if asset_id else set()}


class Direction(models.TextChoices):
    """Which way people, voices or letters went."""

    IN = "in", "They came"
    OUT = "out", "We went"
    ONLINE = "online", "Online"
    LETTER = "letter", "By letter"


class ConnectionType(models.TextChoices):
    """What happened."""

    VISIT = "visit", "Visit to the home"
    TRIP = "trip", "Trip out"
    GROUP = "group", "Regular group meets in the home"
    HOSTED = "hosted", "Home hosts a public event"
    BEFRIENDING = "befriending", "One-to-one befriending"
    WISH = "wish", "Wish granted"
    VOLUNTEERING = "volunteering", "Resident volunteering"
    SKILL = "skill", "Skill taught or learned"
    PERFORMANCE = "performance", "Performance"
    WORSHIP = "worship", "Worship"
    INTERGENERATIONAL = "intergenerational", "Young and old together"
    SPORT = "sport", "Sport or outdoors"
    MEAL = "meal", "Meal or social drink"
    GOODS = "goods", "Goods or money given"
    LENT = "lent", "Room or equipment lent"
    TRAINING = "training", "Training or talk"
    ONLINE = "online", "Online contact"
    LETTER = "letter", "Letter, card, pen pal"
    ADVOCACY = "advocacy", "Advocacy or forum"
    OTHER = "other", "Something else"


class Origin(models.TextChoices):
    """Whose idea it was."""

    RESIDENT = "resident", "A resident"
    RELATIVE = "relative", "A relative"
    STAFF = "staff", "Staff"
    PARTNER = "partner", "Them"
    CHAMPION = "champion", "The champion"


class LogSource(models.TextChoices):
    """How the row came into the log."""

    LOG = "log", "Logged"
    RECALL = "recall", "From memory"
    IMPORT = "import", "Imported"


class Gift(models.TextChoices):
    """Plain kinds of what a side gave; a home may also name its own listed assets."""

    TIME = "time", "Time"
    SKILL = "skill", "A skill"
    STORIES = "stories", "Stories"
    ROOM = "room", "A room"
    TEA = "tea", "Tea or food"
    GOODS = "goods", "Goods or money"
    LIFT = "lift", "A lift"
    WELCOME = "welcome", "A welcome"


HOME_ASSET_PREFIX = "asset:"
"""In ``home_gives``, ``asset:12`` is the home asset with id 12."""


class Rating(models.IntegerChoices):
    """How it went, in one tap."""

    HARD = 1, "Hard"
    SO_SO = 2, "So-so"
    FINE = 3, "Fine"
    GOOD = 4, "Good"
    LOVELY = 5, "Lovely"


class ConnectionQuerySet(models.QuerySet["Connection"]):
    """Log rows; taken-back ones stay in the table and out of every count."""

    def standing(self) -> Self:
        """Keep rows that nobody has taken back."""
        return self.filter(undone_at__isnull=True)

    def community(self) -> Self:
        """Keep rows with the community: not family, not professionals at work."""
        return self.exclude(partnership__partner__kind__in=OUTSIDE_COMMUNITY)

    def with_day(self) -> Self:
        """Annotate ``counted_on``: its day, or a period's last day."""
        day = models.functions.Coalesce("until_on", "happened_on")
        return self.annotate(counted_on=day)


class Connection(models.Model):
    """What happened between a home and a partner: once, or over a short period."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="connections")
    # The partnership's own home, repeated: the log is read by home a thousand times a day.
    home = models.ForeignKey(Home, models.PROTECT, related_name="connections")
    happened_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    occurrences = models.PositiveSmallIntegerField(default=1)
    direction = models.CharField(max_length=6, choices=Direction)
    type = models.CharField(max_length=20, choices=ConnectionType)
    origin = models.CharField(max_length=8, choices=Origin, blank=True)
    residents_count = models.PositiveSmallIntegerField(null=True, blank=True)
    community_count = models.PositiveSmallIntegerField(null=True, blank=True)
    children_count = models.PositiveSmallIntegerField(null=True, blank=True)
    home_gives = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    partner_gives = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    paid = models.BooleanField(default=False)
    staff_roles = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    rating = models.PositiveSmallIntegerField(choices=Rating, null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=6, choices=LogSource, default=LogSource.LOG)
    client_uuid = models.UUIDField(null=True, blank=True, unique=True)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    logged_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ConnectionQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_on", "-pk"]
        indexes = [
            models.Index(fields=["home", "-happened_on"], name="connections_home_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("happened_on")),
                name="connections_connection_ordered",
                violation_error_message="The period ends before it begins.",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True)
                | Q(until_on__lt=F("happened_on") + dt.timedelta(days=PERIOD_DAYS)),
                name="connections_connection_month_at_most",
                violation_error_message="A period lasts at most 31 days.",
            ),
            models.CheckConstraint(
                condition=Q(occurrences__gte=1, occurrences__lte=200),
                name="connections_connection_happened",
            ),
            models.CheckConstraint(
                condition=Q(children_count__isnull=True)
                | Q(community_count__isnull=True)
                | Q(children_count__lte=F("community_count")),
                name="connections_connection_children_in_count",
                violation_error_message="More under 18 than people in all.",
            ),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__gte=1, rating__lte=5),
                name="connections_connection_rating_1_5",
            ),
            models.CheckConstraint(
                condition=Q(direction__in=Direction.values),
                name="connections_connection_direction_known",
            ),
            models.CheckConstraint(
                condition=Q(type__in=ConnectionType.values),
                name="connections_connection_type_known",
            ),
            models.CheckConstraint(
                condition=Q(origin="") | Q(origin__in=Origin.values),
                name="connections_connection_origin_known",
            ),
            models.CheckConstraint(
                condition=Q(source__in=LogSource.values),
                name="connections_connection_source_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.happened_on}: {self.partnership}"

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this row is asked in."""
        return {"home": {self.home_id}}


class Tally(models.Model):
    """A home's own count for one month, made without names."""

    home = models.ForeignKey(Home, models.PROTECT, related_name="tallies")
    month = models.DateField()  # its first day
    occupied_beds = models.PositiveSmallIntegerField(null=True, blank=True)
    residents_out = models.PositiveSmallIntegerField(null=True, blank=True)
    residents_reached = models.PositiveSmallIntegerField(null=True, blank=True)
    counted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    counted_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["home", "-month"]
        verbose_name_plural = "tallies"
        constraints = [
            models.UniqueConstraint(fields=["home", "month"], name="connections_tally_once"),
            models.CheckConstraint(
                condition=Q(month__day=1), name="connections_tally_first_of_month"
            ),
            models.CheckConstraint(
                condition=Q(residents_out__isnull=True)
                | Q(occupied_beds__isnull=True)
                | Q(residents_out__lte=F("occupied_beds")),
                name="connections_tally_out_in_beds",
                violation_error_message="More people out than people living here.",
            ),
            models.CheckConstraint(
                condition=Q(residents_reached__isnull=True)
                | Q(occupied_beds__isnull=True)
                | Q(residents_reached__lte=F("occupied_beds")),
                name="connections_tally_reached_in_beds",
                violation_error_message="More people reached than people living here.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.home}, {self.month:%B %Y}"

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this tally is asked in."""
        return {"home": {self.home_id}}


class Reach(models.Model):
    """An asset within reach of a home, kept by database triggers.

    ``since`` is the day it came into reach: a home whose neighbourhood is mapped
    during its programme is scored on what stood at the start.
    """

    pk = models.CompositePrimaryKey("home_id", "asset_id")
    home = models.ForeignKey(Home, models.CASCADE, related_name="reach")
    asset = models.ForeignKey(Asset, models.CASCADE, related_name="+")
    metres = models.FloatField()
    since = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(metres__gte=0, metres__lte=REACH_M),
                name="connections_reach_within_reach",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asset_id} is {self.metres:.0f} m from {self.home_id}"
