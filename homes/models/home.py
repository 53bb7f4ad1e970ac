"""A care home: a house and the people who live in it."""

from collections.abc import Collection
from typing import Any, Self

import pghistory
from django.apps import apps
from django.contrib.gis.db import models
from django.contrib.gis.db.models import GeometryField
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.db.models import Exists, OuterRef, Q, Sum
from django.db.models.functions import Cast, Upper

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
        open_ones = _registrations().filter(home=OuterRef("pk"), until__isnull=True)
        return self.filter(Exists(open_ones))

    def closed(self) -> Self:
        """Keep homes that were registered, and are no more."""
        return (
            self.filter(registrations__isnull=False)
            .exclude(registrations__until__isnull=True)
            .distinct()
        )

    def lying_in(self, area_ids: Collection[int]) -> Self:
        """Keep homes that lie in one of these areas."""
        # Boundaries are planar, points geography: PostGIS wants them alike.
        point = Cast(OuterRef("location"), GeometryField(srid=WGS84))
        holding = Area.objects.filter(pk__in=area_ids, boundary__intersects=point)
        return self.filter(Exists(holding))


@pghistory.track(exclude=["open_beds", "cell", "cell_kind", "shown_name", "shown_at"])
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
    # What the public sees of it (homes/shown.py), kept by the database's own triggers:
    # whatever is written here, they decide.
    open_beds = models.IntegerField(null=True, editable=False)
    cell = models.CharField(max_length=8, null=True, editable=False)
    cell_kind = models.CharField(max_length=10, null=True, editable=False)
    shown_name = models.CharField(max_length=200, editable=False, default="", db_default="")
    shown_at = models.PointField(
        geography=True, srid=WGS84, null=True, editable=False, spatial_index=False
    )

    objects = HomeQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        indexes = [
            GistIndex(fields=["location"], name="homes_home_location_gist"),
            GistIndex(fields=["shown_at"], name="homes_home_shown_at_gist"),
            GinIndex(
                OpClass(Upper("shown_name"), name="gin_trgm_ops"),
                name="homes_home_shown_name_trgm",
            ),
        ]
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


def _registrations() -> Any:
    return apps.get_model("homes", "Registration")._default_manager.all()
