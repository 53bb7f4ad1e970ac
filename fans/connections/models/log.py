"""The log: what happened between a home and its partners."""

import datetime as dt
from typing import Self

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from fans.connections.models.partners import OUTSIDE_COMMUNITY, Arranger, Partnership
from homes.models import Home

PERIOD_DAYS = 31
"""A row may stand for a period of at most this many days."""

UNDO_WINDOW = dt.timedelta(minutes=10)
"""How long after logging a row can be taken back."""


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


class StaffRole(models.TextChoices):
    """Whose work in the home the people who joined in do: the whole team counts."""

    CARE = "care", "Care"
    NURSING = "nursing", "Nursing"
    ACTIVITIES = "activities", "Activities"
    KITCHEN = "kitchen", "Kitchen"
    HOUSEKEEPING = "housekeeping", "Housekeeping"
    GARDEN = "garden", "Garden and repairs"
    DRIVER = "driver", "Driver"
    OFFICE = "office", "Office"
    MANAGER = "manager", "Manager"
    OTHER = "other", "Others"


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

    def since(self, day: dt.date) -> Self:
        """Keep rows that count on a day or later."""
        return self.with_day().filter(counted_on__gte=day)

    def up_to(self, day: dt.date) -> Self:
        """Keep rows that count by the end of a day."""
        return self.with_day().filter(counted_on__lte=day)

    def latest_first(self) -> Self:
        """Order rows by the day they count on, the latest first."""
        return self.with_day().order_by(F("counted_on").desc(), "-pk")

    def in_month(self, day: dt.date) -> Self:
        """Keep rows that count in the calendar month that ``day`` lies in."""
        first = day.replace(day=1)
        next_first = (first + dt.timedelta(days=31)).replace(day=1)
        return self.with_day().filter(counted_on__gte=first, counted_on__lt=next_first)


@pghistory.track()
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
    # Who saw to it that it took place; empty where nobody said.
    arranged_by = models.CharField(
        max_length=8, choices=Arranger, blank=True, default="", db_default=""
    )
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
                condition=Q(arranged_by="") | Q(arranged_by__in=Arranger.values),
                name="connections_connection_arranger_known",
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

    @property
    def counted_day(self) -> dt.date:
        """The day it counts on: its own, or a period's last."""
        return self.until_on or self.happened_on

    def can_be_undone(self, at: dt.datetime) -> bool:
        """Say whether the row stands and is still fresh enough to take back."""
        return self.undone_at is None and at - self.logged_at <= UNDO_WINDOW
