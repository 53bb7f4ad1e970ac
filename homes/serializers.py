"""Register facts of homes, as the API gives them; of a small home its postcode cell alone."""

from typing import Any

from rest_framework import serializers

from geo.drf import PageSerializer, PointField
from geo.models import Precision
from homes.models import Home, HomeAsset, HomeAssetKind, HomeKind, Registration
from homes.shown import is_small


class RegistrationSerializer(serializers.ModelSerializer[Registration]):
    """An entry in a regulator's register that stands today."""

    class Meta:
        model = Registration
        fields = ["regulator", "regulator_id", "provider", "beds", "dormant"]


class HomeAssetSerializer(serializers.ModelSerializer[HomeAsset]):
    """Something that a home offers to everybody."""

    kind = serializers.ChoiceField(choices=HomeAssetKind.choices)
    kind_label = serializers.CharField(source="get_kind_display")

    class Meta:
        model = HomeAsset
        fields = ["kind", "kind_label", "description"]


class HomeSerializer(serializers.Serializer[Any]):
    """A home as the public sees it."""

    id = serializers.IntegerField(source="pk")
    name = serializers.CharField(source="shown_name")
    kind = serializers.ChoiceField(choices=HomeKind.choices)
    beds = serializers.IntegerField(
        source="open_beds", allow_null=True, help_text="null: not known, or fewer than seven"
    )
    shown_by_sector = serializers.SerializerMethodField(
        help_text="a home of fewer than seven beds is somebody's own house"
    )
    address = serializers.CharField()
    postcode = serializers.CharField(help_text="of a small home its sector or district")
    local_authority = serializers.CharField()
    phone = serializers.CharField()
    website = serializers.CharField()
    dormant = serializers.SerializerMethodField(
        help_text="registered, but giving no care at present"
    )
    home_assets = HomeAssetSerializer(
        source="public_offers", many=True, help_text="what the home offers to everybody"
    )
    location = PointField(source="shown_at", allow_null=True)
    location_precision = serializers.ChoiceField(choices=Precision.choices, allow_blank=True)
    distance_m = serializers.SerializerMethodField(help_text="from near, where one is given")

    def get_shown_by_sector(self, home: Home) -> bool:
        """Say whether only the sector, or the district, is shown."""
        return is_small(home)

    def get_dormant(self, home: Home) -> bool:
        """Say whether none of the home's registrations is in use."""
        standing: list[Registration] = home.open_registrations  # type: ignore[attr-defined]
        return bool(standing) and all(each.dormant for each in standing)

    def get_distance_m(self, home: Home) -> float | None:
        """Return whole metres from the point asked for."""
        distance = getattr(home, "distance", None)
        return None if distance is None else round(distance.m)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Keep inside what would find a small home."""
        row: dict[str, Any] = super().to_representation(instance)
        if is_small(instance):
            row |= {"beds": None, "address": "", "phone": "", "website": ""}
            row["home_assets"] = [offer | {"description": ""} for offer in row["home_assets"]]
            row |= {
                "postcode": instance.cell or "",
                "location_precision": instance.cell_kind or "",
            }
        return row


class HomeDetailSerializer(HomeSerializer):
    """One home with its registrations; a small home's would lead to its address."""

    registrations = serializers.SerializerMethodField()

    def get_registrations(self, home: Home) -> list[dict[str, Any]]:
        """Return the registrations that stand today."""
        if is_small(home):
            return []
        standing: list[Registration] = home.open_registrations  # type: ignore[attr-defined]
        return [dict(RegistrationSerializer(row).data) for row in standing]


class HomePageSerializer(PageSerializer):
    """A page of homes."""

    results = HomeSerializer(many=True)
