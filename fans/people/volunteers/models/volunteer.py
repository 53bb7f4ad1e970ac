"""Somebody who offers time, and where roughly they live."""

import datetime as dt
from collections.abc import Iterable
from typing import Final, Self

import pghistory
from django.apps import apps
from django.contrib.gis.db.models import GeometryField
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GistIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, When
from django.db.models.functions import Cast

from fans.people.models import Person
from fans.people.volunteers.lists import INTERESTS, LANGUAGES, TIMES
from geo.constraints import location_complete, location_in_uk
from geo.models import Area, Located, Precision
from geo.querysets import LocatedQuerySet
from geo.srid import WGS84

QUIET_AFTER: Final = dt.timedelta(weeks=4)
"""A volunteer of whom nothing was heard for so long is asked after."""


class AgeBand(models.TextChoices):
    """How old somebody is, as closely as needed."""

    ADULT = "18+", "18 or over"
    YOUNG = "16-17", "16 or 17"
    CHILD = "under-16", "Under 16"


class VolunteerKind(models.TextChoices):
    """Alone, or for a group."""

    ALONE = "alone", "By myself"
    GROUP = "group", "With a group that I lead"


class Travel(models.IntegerChoices):
    """How far somebody would go, in metres; 0 is not at all: online or by letter."""

    NOWHERE = 0, "Only online or by letter"
    WALK = 1_200, "A short walk"
    TWO_MILES = 3_219, "2 miles"
    FIVE_MILES = 8_047, "5 miles"
    TEN_MILES = 16_093, "10 miles"


class Stage(models.TextChoices):
    """Where somebody stands on the way from an offer to a visit, and back."""

    APPLIED = "applied", "Signed up"
    MET = "met", "Met"
    REFERENCES = "references", "References"
    CHECKED = "checked", "Check decided"
    INDUCTED = "inducted", "Shown round"
    ACTIVE = "active", "Active"
    RESTING = "resting", "Resting"
    LEFT = "left", "Left"


PATHWAY: Final = (
    Stage.APPLIED,
    Stage.MET,
    Stage.REFERENCES,
    Stage.CHECKED,
    Stage.INDUCTED,
    Stage.ACTIVE,
)
"""The stages in order; resting and left are reached from any of them."""


class VolunteerQuerySet(LocatedQuerySet["Volunteer"]):
    """Volunteers by where they roughly live and where they stand."""

    def in_areas(self, area_ids: Iterable[int]) -> Self:
        """Keep those whose rough place lies in one of the areas."""
        # Boundaries are planar, points geography: PostGIS wants them alike.
        point = Cast(OuterRef("location"), GeometryField(srid=WGS84))
        holding = Area.objects.filter(pk__in=list(area_ids), boundary__intersects=point)
        return self.filter(Exists(holding))

    def present(self) -> Self:
        """Keep those who have not left."""
        return self.exclude(stage=Stage.LEFT)

    def with_cleared(self, on: dt.date) -> Self:
        """Annotate ``cleared``: whether a good decision for their role stands on ``on``."""
        good = Q(_outcome__in=["ok", "not_needed"])
        holds = Q(_recheck__isnull=True) | Q(_recheck__gte=on)
        return self._with_latest().annotate(
            cleared=Case(When(good & holds, then=True), default=False)
        )

    def cleared(self, on: dt.date) -> Self:
        """Keep those for whose role a good decision stands on ``on``."""
        return self.with_cleared(on).filter(cleared=True)

    def recheck_due(self, by: dt.date) -> Self:
        """Keep those present whose latest decision is to be looked at again until ``by``."""
        return self.present()._with_latest().filter(_recheck__lte=by)

    def _with_latest(self) -> Self:
        """Add what was decided last for their role: ``_outcome`` and ``_recheck``."""
        decided = apps.get_model("volunteers", "Vetting").objects.exclude(outcome="waiting")
        of_role = decided.filter(volunteer=OuterRef("pk"), role_slug=OuterRef("role_slug"))
        latest = of_role.order_by("-decided_on", "-pk")
        return self.alias(
            _outcome=Subquery(latest.values("outcome")[:1]),
            _recheck=Subquery(latest.values("recheck_on")[:1]),
        )

    def quiet_on(self, day: dt.date) -> Self:
        """Keep active ones of whom nothing was heard for four weeks."""
        return self.filter(stage=Stage.ACTIVE, last_heard_on__lt=day - QUIET_AFTER)


@pghistory.track(exclude=["location"])  # the cell says where, as far as it is kept
class Volunteer(Located):
    """What somebody offers, and how far they have come.

    ``location`` is the middle of the postcode cell ``cell`` (``geo.masking``): where they
    live exactly is not kept anywhere. Without one, their district is too small to tell.
    A volunteer under 16 has no account: the database refuses their person an address and a
    password (migration 0002).
    """

    person = models.OneToOneField(Person, models.CASCADE, related_name="volunteer")
    kind = models.CharField(max_length=5, choices=VolunteerKind, default=VolunteerKind.ALONE)
    group_name = models.CharField(max_length=120, blank=True)
    group_people_count = models.PositiveSmallIntegerField(null=True, blank=True)
    group_children_count = models.PositiveSmallIntegerField(null=True, blank=True)
    age_band = models.CharField(max_length=8, choices=AgeBand)
    # A parent or leader said yes: see Guardian.
    adult_confirmed_at = models.DateTimeField(null=True, blank=True)
    # With somebody at hand unless a lead decided otherwise; never for the young.
    may_be_alone = models.BooleanField("may be alone with residents", default=False)
    interests = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=3), default=list, blank=True)
    times = ArrayField(models.CharField(max_length=7), default=list, blank=True)
    travel_m = models.PositiveIntegerField(choices=Travel, default=Travel.WALK)
    offer = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    cell = models.CharField(max_length=6, blank=True)
    role_slug = models.CharField(max_length=40, blank=True)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.APPLIED)
    stage_since = models.DateTimeField()
    # A pause that only a lead ends. Why is written nowhere.
    paused_by_lead = models.BooleanField(default=False)
    last_heard_on = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects = VolunteerQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            GistIndex(fields=["location"], name="volunteers_volunteer_loc_gist"),
            models.Index(fields=["stage", "last_heard_on"], name="volunteers_stage_heard"),
        ]
        constraints = [
            location_in_uk(),
            location_complete(),
            models.CheckConstraint(
                condition=Q(location_precision__in=["", Precision.SECTOR, Precision.OUTCODE]),
                name="volunteers_volunteer_place_rough",
                violation_error_message="A volunteer's place is kept roughly only.",
            ),
            models.CheckConstraint(
                condition=Q(location__isnull=True, cell="")
                | (Q(location__isnull=False) & ~Q(cell="")),
                name="volunteers_volunteer_cell_of_place",
            ),
            models.CheckConstraint(
                condition=Q(age_band=AgeBand.ADULT)
                | Q(location_precision__in=["", Precision.OUTCODE], phone=""),
                name="volunteers_volunteer_young_least_data",
                violation_error_message="Of the young only the postcode district is kept.",
            ),
            models.CheckConstraint(
                condition=Q(age_band=AgeBand.ADULT) | Q(may_be_alone=False),
                name="volunteers_volunteer_young_never_alone",
                violation_error_message="Under 18 never alone with people who live there.",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[Stage.CHECKED, Stage.INDUCTED, Stage.ACTIVE])
                | ~Q(role_slug=""),
                name="volunteers_volunteer_cleared_for_role",
                violation_error_message="Choose first what they would do.",
            ),
            models.CheckConstraint(
                condition=Q(age_band=AgeBand.ADULT) | Q(kind=VolunteerKind.ALONE),
                name="volunteers_volunteer_adult_leads",
                violation_error_message="A group is led by somebody of 18 or over.",
            ),
            models.CheckConstraint(
                condition=Q(age_band=AgeBand.ADULT)
                | Q(stage__in=[Stage.APPLIED, Stage.RESTING, Stage.LEFT])
                | Q(adult_confirmed_at__isnull=False),
                name="volunteers_volunteer_young_adult_yes",
                violation_error_message="Under 18 a parent or leader has to say yes first.",
            ),
            models.CheckConstraint(
                condition=Q(paused_by_lead=False) | Q(stage=Stage.RESTING),
                name="volunteers_volunteer_paused_rests",
                violation_error_message="Whom a lead has paused rests.",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind=VolunteerKind.ALONE,
                    group_name="",
                    group_people_count__isnull=True,
                    group_children_count__isnull=True,
                )
                | (Q(kind=VolunteerKind.GROUP) & ~Q(group_name="")),
                name="volunteers_volunteer_group_named",
                violation_error_message="A group needs a name.",
            ),
            models.CheckConstraint(
                condition=Q(group_children_count__isnull=True)
                | Q(group_people_count__isnull=True)
                | Q(group_children_count__lte=models.F("group_people_count")),
                name="volunteers_volunteer_children_in_count",
                violation_error_message="More under 18 than people in all.",
            ),
            models.CheckConstraint(
                condition=Q(age_band__in=AgeBand.values),
                name="volunteers_volunteer_age_known",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=VolunteerKind.values),
                name="volunteers_volunteer_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values), name="volunteers_volunteer_stage_known"
            ),
            models.CheckConstraint(
                condition=Q(travel_m__in=Travel.values),
                name="volunteers_volunteer_travel_known",
            ),
            models.CheckConstraint(
                condition=Q(times__contained_by=list(TIMES)),
                name="volunteers_volunteer_times_known",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    def clean(self) -> None:
        """Refuse interests and languages that the lists do not name."""
        for field, known in (("interests", INTERESTS), ("languages", LANGUAGES)):
            unknown = [value for value in getattr(self, field) if value not in known]
            if unknown:
                raise ValidationError({field: f"Not on the list: {', '.join(unknown)}."})

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this row is asked in: areas of the place."""
        if self.location is None:
            return {}
        around = Area.objects.filter(boundary__intersects=self.location)
        return {"area": set(around.values_list("pk", flat=True))}

    @property
    def is_young(self) -> bool:
        """Say whether they are under 18."""
        return self.age_band != AgeBand.ADULT
