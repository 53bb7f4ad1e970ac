"""Care homes, their registrations and what they offer their neighbours."""

from collections.abc import Collection
from typing import Self

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.gis.db.models import GeometryField
from django.contrib.postgres.indexes import GistIndex
from django.db.models import Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Cast

from geo.constraints import location_complete, location_in_uk
from geo.models import Area, Located
from geo.querysets import LocatedQuerySet
from geo.srid import WGS84

SMALL_HOME_BEDS = 7
"""A home with fewer beds is somebody's own house: shown by postcode sector only."""


class HomeKind(models.TextChoices):
    """What care the home is registered to give."""

    NURSING = "nursing", "Nursing home"
    RESIDENTIAL = "residential", "Residential home"
    BOTH = "both", "Nursing and residential home"


class HomeQuerySet(LocatedQuerySet["Home"]):
    """Homes by registration and, inherited, by place."""

    def with_beds(self) -> Self:
        """Annotate ``beds``: the sum of open registrations, None where unknown."""
        still_open = Q(registrations__until__isnull=True)
        return self.annotate(beds=Sum("registrations__beds", filter=still_open))

    def registered(self) -> Self:
        """Keep homes with at least one registration that has not ended."""
        open_ones = Registration.objects.filter(home=OuterRef("pk"), until__isnull=True)
        return self.filter(Exists(open_ones))


class Home(Located):
    """A house and the people who live in it; registrations come and go."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=HomeKind)
    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=8)  # with its space: M33 2DH
    phone = models.CharField(max_length=20, blank=True)
    website = models.URLField(max_length=300, blank=True)
    local_authority = models.CharField(max_length=80, blank=True)
    # A role and the home's own number; a person's name needs that person's consent.
    welcome_role = models.CharField(max_length=80, blank=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = HomeQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        indexes = [GistIndex(fields=["location"], name="homes_home_location_gist")]
        constraints = [
            location_in_uk(),
            location_complete(),
            models.CheckConstraint(
                condition=Q(kind__in=HomeKind.values), name="homes_home_kind_known"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="homes_home_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this home is asked in."""
        return {"home": {self.pk}}


class Regulator(models.TextChoices):
    """The four nations' regulators of care."""

    CQC = "cqc", "Care Quality Commission"
    CIW = "ciw", "Care Inspectorate Wales"
    CI = "ci", "Care Inspectorate (Scotland)"
    RQIA = "rqia", "Regulation and Quality Improvement Authority"


class Registration(models.Model):
    """One entry of a home in a regulator's register.

    Beds and dates may be unknown: some register layouts carry none.
    """

    home = models.ForeignKey(Home, models.CASCADE, related_name="registrations")
    regulator = models.CharField(max_length=4, choices=Regulator)
    regulator_id = models.CharField("register number", max_length=40)
    provider = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=200)
    local_authority = models.CharField(max_length=80, blank=True)
    beds = models.PositiveSmallIntegerField(null=True, blank=True)
    from_on = models.DateField("from", db_column="from", null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    # What the register said last: a later import changes what still stands as it was
    # put, and leaves alone what somebody here has put right.
    source_values = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["regulator", "regulator_id"], name="homes_registration_number_once"
            ),
            models.CheckConstraint(
                condition=Q(regulator__in=Regulator.values),
                name="homes_registration_regulator_known",
            ),
            models.CheckConstraint(
                condition=~Q(regulator_id=""), name="homes_registration_has_number"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True)
                | Q(from_on__isnull=True)
                | Q(until__gte=F("from_on")),
                name="homes_registration_ordered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.regulator_id})"


class RegistrationQuestionQuerySet(models.QuerySet["RegistrationQuestion"]):
    """Questions by whether somebody has answered."""

    def waiting(self) -> Self:
        """Keep questions that nobody has answered."""
        return self.filter(same_home__isnull=True)

    def about_homes_in(self, *, everywhere: bool, area_ids: Collection[int]) -> Self:
        """Keep questions about a home that lies in one of these areas."""
        if everywhere:
            return self
        # Boundaries are planar, points geography: PostGIS wants them alike.
        point = Cast(OuterRef("location"), GeometryField(srid=WGS84))
        holding = Area.objects.filter(pk__in=area_ids, boundary__intersects=point)
        inside = Home.objects.filter(Exists(holding)).values("pk")
        return self.filter(Q(gone__home__in=inside) | Q(new__home__in=inside))


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

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this question is asked in."""
        return {"home": {self.gone.home_id, self.new.home_id}}


class HomeAssetKind(models.TextChoices):
    """What a home can offer its neighbours."""

    ROOM = "room", "Room or hall"
    GARDEN = "garden", "Garden or greenhouse"
    KITCHEN = "kitchen", "Kitchen or café"
    MINIBUS = "minibus", "Minibus"
    HAIRDRESSING = "hairdressing", "Hairdressing room"
    WORKSHOP = "workshop", "Craft or woodwork corner"
    WIFI = "wifi", "Wifi and technology"
    PETS = "pets", "Pets"
    STAFF_SKILLS = "staff_skills", "Skills of staff"
    RESIDENT_SKILLS = "resident_skills", "Skills of people who live here"
    STORIES = "stories", "Stories of people who live here"
    BUYING_LOCALLY = "buying_locally", "Buying locally"
    PLACEMENTS = "placements", "Work placements and training"
    DONATIONS = "donations", "Things made to give away"
    HOSTING = "hosting", "Hosting a group or meeting"
    DISPLAY = "display", "Display wall or exhibition"
    CIVIC_ROOM = "civic_room", "Voting or parish meeting place"


class HomeAsset(models.Model):
    """Something a home can offer: its garden, its minibus, somebody's stories."""

    home = models.ForeignKey(Home, models.CASCADE, related_name="home_assets")
    kind = models.CharField(max_length=20, choices=HomeAssetKind)
    description = models.CharField(max_length=200, blank=True)
    is_public = models.BooleanField(default=False)
    listed_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=HomeAssetKind.values),
                name="homes_homeasset_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("listed_on")),
                name="homes_homeasset_ordered",
            ),
        ]

    def __str__(self) -> str:
        return self.description or self.get_kind_display()

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this offer is asked in."""
        return {"home": {self.home_id}}
