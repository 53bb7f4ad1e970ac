"""Assets as the API gives them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from assets.categories import Category
from assets.constraints import ACCESS
from assets.models import Asset, AssetQuerySet, AssetSource, FactCheck
from geo.drf import PointField

PUBLIC = (
    "id",
    "name",
    "category",
    "abcd_type",
    "description",
    "address",
    "postcode",
    "location",
    "location_precision",
    "phone",
    "website",
    "opening_hours",
    "closed_from",
    "closed_until",
    "closed_why",
    "wheelchair",
    *ACCESS,
    "access_notes",
    "cost_kind",
    "cost",
    "age_from",
    "age_to",
    "suits",
    "could_give",
    "would_love",
    "visibility",
    "check_state",
    "published_on",
    "source",
    "source_ref",
    "licence",
    "attribution",
    "updated_at",
)
"""Columns that everybody who sees an asset may see; a list holds no e-mail addresses."""


class AssetSerializer(serializers.ModelSerializer[Asset]):
    """One asset of a list."""

    location = PointField(read_only=True)
    licence = serializers.CharField(source="source_licence", read_only=True)
    attribution = serializers.CharField(source="source_attribution", read_only=True)
    distance_m = serializers.SerializerMethodField()

    class Meta:
        model = Asset
        fields: tuple[str, ...] = (*PUBLIC, "distance_m")
        read_only_fields = fields

    def get_distance_m(self, asset: Asset) -> float | None:
        """Metres from ``near``; null where no point was asked for."""
        distance = getattr(asset, "distance", None)
        return round(distance.m, 1) if distance is not None else None


_COLUMNS = [
    {"licence": "source_licence", "attribution": "source_attribution"}.get(name, name)
    for name in PUBLIC
]


def rows_of(page: AssetQuerySet) -> list[dict[str, Any]]:
    """Return what ``AssetSerializer`` gives for every row, without making objects of them.

    A page of 1,500 takes a third of the time; a test compares the two.
    """
    point, moment = PointField(), serializers.DateTimeField()
    measured = "distance" in page.query.annotations
    columns = [*_COLUMNS, "distance"] if measured else _COLUMNS
    found = []
    for values in page.values_list(*columns):
        row = dict(zip(PUBLIC, values, strict=False))
        if row["location"] is not None:
            row["location"] = point.to_representation(row["location"])
        row["updated_at"] = moment.to_representation(row["updated_at"])
        row["distance_m"] = round(values[-1].m, 1) if measured else None
        found.append(row)
    return found


class FactCheckSerializer(serializers.ModelSerializer[FactCheck]):
    """When a fact was last checked, and how; never by whom."""

    class Meta:
        model = FactCheck
        fields = ("fact", "checked_on", "how")
        read_only_fields = fields


class AssetDetailSerializer(AssetSerializer):
    """One asset by itself."""

    email = serializers.SerializerMethodField()
    who_to_ask = serializers.SerializerMethodField()
    checks = serializers.SerializerMethodField()

    class Meta(AssetSerializer.Meta):
        fields = (*PUBLIC, "email", "who_to_ask", "checks")
        read_only_fields = fields

    def get_email(self, asset: Asset) -> str:
        """Its address; empty where it looks like a person's and nobody has confirmed it."""
        return asset.shown_email()

    def get_who_to_ask(self, asset: Asset) -> str | None:
        """A first name and role, for those who broker ties there; null for all others."""
        user = self.context["request"].user
        return asset.who_to_ask if user.has_perm("assets.view_contact", asset) else None

    @extend_schema_field(FactCheckSerializer(many=True))
    def get_checks(self, asset: Asset) -> list[dict[str, Any]]:
        """The latest check of each fact that somebody has checked."""
        latest: dict[str, FactCheck] = {}
        for check in asset.fact_checks.all():
            latest.setdefault(check.fact, check)
        return list(FactCheckSerializer(list(latest.values()), many=True).data)


class CategorySerializer(serializers.Serializer[Category]):
    """One of the 25 kinds of asset."""

    slug = serializers.CharField(read_only=True)
    label = serializers.CharField(read_only=True)  # type: ignore[assignment]
    family = serializers.CharField(read_only=True)
    abcd_type = serializers.CharField(read_only=True)
    examples = serializers.CharField(read_only=True)


class AttributionSerializer(serializers.Serializer[Any]):
    """Whom to name for some of the rows, wherever they are shown or passed on."""

    source = serializers.ChoiceField(AssetSource.choices, read_only=True)  # type: ignore[assignment]
    licence = serializers.CharField(read_only=True)
    attribution = serializers.CharField(read_only=True)


class AssetPageSerializer(serializers.Serializer[Any]):
    """A page of assets: ``returned`` of ``count``."""

    count = serializers.IntegerField(read_only=True)
    returned = serializers.IntegerField(read_only=True)
    page = serializers.IntegerField(read_only=True)
    page_size = serializers.IntegerField(read_only=True)
    next = serializers.URLField(read_only=True, allow_null=True)
    previous = serializers.URLField(read_only=True, allow_null=True)
    attributions = AttributionSerializer(many=True, read_only=True)
    results = AssetSerializer(many=True, read_only=True)


class CategoryListSerializer(serializers.Serializer[Any]):
    """All kinds of asset."""

    count = serializers.IntegerField(read_only=True)
    results = CategorySerializer(many=True, read_only=True)
