"""Community assets: what a neighbourhood has to offer, and when each fact was checked."""

from typing import Any

import pghistory
from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db.models import Q

from assets import categories
from assets.choices import (
    AbcdType,
    AssetSource,
    CheckMethod,
    CheckState,
    CostKind,
    Fact,
    OpenState,
    Visibility,
    Wheelchair,
    YesNo,
)
from assets.constraints import BESIDE_THE_MAP, CONSTRAINTS, STALE_LAST
from assets.mailboxes import is_personal_mailbox
from assets.querysets import AssetQuerySet
from assets.search import WORDS
from geo.models import Area, Located
from geo.srid import WGS84

__all__ = [
    "AbcdType",
    "Asset",
    "AssetQuerySet",
    "AssetSource",
    "CheckMethod",
    "CheckState",
    "CostKind",
    "Dataset",
    "Fact",
    "FactCheck",
    "OpenState",
    "Visibility",
    "Wheelchair",
    "YesNo",
]


def _yes_no(label: str) -> Any:
    return models.CharField(
        label,
        max_length=7,
        choices=YesNo,
        default=YesNo.UNKNOWN,
        db_default=YesNo.UNKNOWN.value,
    )


@pghistory.track(exclude=["check_state", "source_values", "updated_at"])
class Asset(Located):
    """A place, group, institution or gift that a care home could be tied to."""

    name = models.CharField(max_length=200)
    category = models.CharField("kind", max_length=20, choices=categories.choices)
    abcd_type = models.CharField(max_length=12, choices=AbcdType)
    description = models.TextField(max_length=2000, blank=True)
    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    # An outline where the place has one; planar: drawn, never measured.
    outline = models.GeometryField(srid=WGS84, spatial_index=False, null=True, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    # The very address that somebody checked: once ``email`` is another, it isn't confirmed.
    email_confirmed = models.EmailField(blank=True, editable=False)
    website = models.URLField(max_length=300, blank=True)
    opening_hours = models.CharField(max_length=300, blank=True)  # OpenStreetMap syntax
    wheelchair = models.CharField(max_length=8, choices=Wheelchair, default=Wheelchair.UNKNOWN)
    step_free = _yes_no("step-free way in")
    wheelchair_toilet = _yes_no("wheelchair toilet")
    accessible_parking = _yes_no("Blue Badge parking")
    hearing_loop = _yes_no("hearing loop")
    seating = _yes_no("somewhere to sit")
    quiet = _yes_no("quiet place or time")
    access_notes = models.CharField(max_length=300, blank=True)
    cost = models.CharField(max_length=120, blank=True)
    cost_kind = models.CharField(
        max_length=8,
        choices=CostKind,
        default=CostKind.UNKNOWN,
        db_default=CostKind.UNKNOWN.value,
    )
    age_from = models.SmallIntegerField("youngest age", null=True, blank=True)  # years
    age_to = models.SmallIntegerField("oldest age", null=True, blank=True)
    # For now, both days included; a season that comes each year is in opening_hours.
    closed_from = models.DateField(null=True, blank=True)
    closed_until = models.DateField(null=True, blank=True)
    closed_why = models.CharField(max_length=120, blank=True, default="", db_default="")
    suits = models.CharField("who it suits", max_length=200, blank=True)
    could_give = models.CharField(max_length=300, blank=True)
    would_love = models.CharField(max_length=300, blank=True)
    # A first name and a role at most; shown to people who broker ties, never public.
    who_to_ask = models.CharField(max_length=200, blank=True)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.DRAFT)
    state = models.CharField(max_length=6, choices=OpenState, default=OpenState.OPEN)
    check_state = models.CharField(max_length=5, choices=CheckState, default=CheckState.DUE)
    published_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=8, choices=AssetSource)
    source_ref = models.CharField(max_length=120, blank=True)  # e.g. node/6590934172
    source_licence = models.CharField("licence", max_length=120, blank=True)
    # Whom to name wherever the row is shown, in the words that its licence asks for.
    source_attribution = models.CharField(
        "attribution", max_length=300, blank=True, db_default=""
    )
    # What the last import said, so that the next one can tell its own words from edits.
    source_values = models.JSONField(default=dict, blank=True)
    # A browser's own id for one submission: sending it twice adds one asset.
    client_uuid = models.UUIDField(null=True, blank=True, unique=True)
    # The record that this one turned out to be the same as: it stands for both since.
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_from",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = AssetQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        indexes = [
            GistIndex(fields=["location"], name="assets_asset_location_gist"),
            GinIndex(
                fields=["name"], opclasses=["gin_trgm_ops"], name="assets_asset_name_trgm"
            ),
            GinIndex(WORDS, name="assets_asset_words"),
            models.Index(fields=["category"], name="assets_asset_category"),
            # Nearest of one kind: a place of its own for each kind, in the order of distance.
            GistIndex(fields=["category", "location"], name="assets_asset_kind_near_gist"),
            models.Index(STALE_LAST, "name", "id", name="assets_asset_stale_last"),
            models.Index(
                fields=["visibility"], condition=BESIDE_THE_MAP, name="assets_asset_beside_map"
            ),
        ]
        constraints = CONSTRAINTS

    def __str__(self) -> str:
        return self.name

    @property
    def family(self) -> str:
        """The colour and symbol group of its category."""
        return categories.BY_SLUG[self.category].family

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this asset is asked in.

        One that is not saved yet is asked about by the areas that its point lies in.
        """
        if not self._state.adding:
            return {"asset": {self.pk}}
        if self.location is None:
            return {}
        areas = Area.objects.filter(boundary__intersects=self.location)
        return {"area": set(areas.values_list("pk", flat=True))}

    def shown_email(self) -> str:
        """Return the address if it may be shown: a personal-looking one needs a check."""
        if self.email == self.email_confirmed:
            return self.email
        return "" if is_personal_mailbox(self.email, name=self.name) else self.email


class Dataset(models.Model):
    """Data that were taken in from elsewhere: whose they are, and when they last came."""

    source = models.CharField(max_length=8, choices=AssetSource)
    # The mapping's name, or the file's; "" where the source is one whole.
    name = models.CharField(max_length=60, blank=True)
    licence = models.CharField(max_length=120, blank=True)
    attribution = models.CharField(max_length=300, blank=True)
    imported_at = models.DateTimeField()

    class Meta:
        ordering = ["source", "name"]
        constraints = [
            models.UniqueConstraint(fields=["source", "name"], name="assets_dataset_once"),
            models.CheckConstraint(
                condition=Q(source__in=AssetSource.values), name="assets_dataset_source_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()}: {self.name}" if self.name else self.source


@pghistory.track(exclude=["fingerprint"])
class FactCheck(models.Model):
    """One fact of one asset, checked by somebody on a day.

    Saving or importing never makes one: only a person who checked does.
    """

    asset = models.ForeignKey(Asset, models.CASCADE, related_name="fact_checks")
    fact = models.CharField(max_length=8, choices=Fact)
    checked_on = models.DateField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    how = models.CharField(max_length=6, choices=CheckMethod)
    # Of the values that were checked: once they are others, the check no longer counts.
    # Empty: nobody kept it, and the check counts whatever they are now.
    fingerprint = models.CharField(
        max_length=8, blank=True, editable=False, default="", db_default=""
    )

    class Meta:
        ordering = ["-checked_on", "-pk"]
        indexes = [models.Index(fields=["asset", "fact"], name="assets_factcheck_fact")]
        constraints = [
            models.CheckConstraint(
                condition=Q(fact__in=Fact.values), name="assets_factcheck_fact_known"
            ),
            models.CheckConstraint(
                condition=Q(how__in=CheckMethod.values), name="assets_factcheck_how_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asset}: {self.fact} on {self.checked_on}"
