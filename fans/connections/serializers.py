"""Ties and the log as the API gives them, and a log entry as it takes one."""

from typing import Any, ClassVar

from rest_framework import serializers

from assets.models import OpenState, Visibility
from fans.connections.models import (
    PERIOD_DAYS,
    Arranger,
    Connection,
    ConnectionType,
    Direction,
    Origin,
    PartnerKind,
    Partnership,
    Rating,
)
from geo.drf import PageSerializer, PointField
from intake.free_text import doubts

CALLED_BY_ALL = (PartnerKind.ASSET, PartnerKind.GROUP)
"""Kinds of partner whose name is a name of a place or group, never a label of a person."""


class PartnerSerializer(serializers.Serializer[Any]):
    """Who a tie is with."""

    kind = serializers.ChoiceField(choices=PartnerKind.choices)
    name = serializers.CharField(help_text="empty where one may not see what a home calls them")
    category = serializers.CharField()
    asset = serializers.IntegerField(source="asset_id", allow_null=True)


class OfWords(serializers.ModelSerializer[Any]):
    """Rows with words in them that only those see who may change the home's ties.

    The context's ``worded`` holds the ids of their homes.
    """

    private: ClassVar[tuple[str, ...]] = ()

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Leave words empty where somebody may see that a row stands, and no more."""
        row: dict[str, Any] = super().to_representation(instance)
        if instance.home_id not in self.context.get("worded", ()):
            row |= dict.fromkeys(self.private, "")
            self.hide_label(row)
        return row

    def hide_label(self, row: dict[str, Any]) -> None:
        """Leave out what a home calls a person."""
        if row["partner"]["kind"] not in CALLED_BY_ALL:
            row["partner"]["name"] = ""


class PartnershipSerializer(OfWords):
    """One tie of a home."""

    private = ("declined_reason", "declined_side", "declined_words")
    partner = PartnerSerializer()
    location = serializers.SerializerMethodField(
        help_text="where the place is, if anybody may see it on the map"
    )
    going_quiet = serializers.SerializerMethodField(
        help_text="twice its usual gap has passed without contact"
    )

    class Meta:
        model = Partnership
        fields: ClassVar[list[str]] = [
            *("id", "home", "partner", "location", "purpose", "status", "going_quiet"),
            *("arranged_by", "depth", "generations", "home_confirmed_at"),
            *("partner_confirmed_at", "created_at"),
            *("declined_reason", "declined_side", "declined_words"),
        ]

    def get_location(self, tie: Partnership) -> dict[str, Any] | None:
        """Give a public place's point as GeoJSON."""
        asset = tie.partner.asset
        if asset is None or asset.location is None:
            return None
        public = asset.visibility == Visibility.PUBLISHED and asset.state == OpenState.OPEN
        return PointField().to_representation(asset.location) if public else None

    def get_going_quiet(self, tie: Partnership) -> bool:
        """Say what its rhythm says today."""
        return tie.pk in self.context.get("quiet", ())


class ConnectionSerializer(OfWords):
    """One row of a home's log."""

    private = ("note",)
    partner = PartnerSerializer(source="partnership.partner")

    class Meta:
        model = Connection
        fields: ClassVar[list[str]] = [
            *("id", "home", "partnership", "partner", "happened_on", "until_on", "occurrences"),
            *("direction", "type", "origin", "arranged_by", "residents_count"),
            *("community_count", "children_count", "home_gives", "partner_gives", "paid"),
            *("staff_roles", "rating", "note", "source", "client_uuid", "logged_at"),
        ]


class PartnershipPageSerializer(PageSerializer):
    """A page of ties, for the schema."""

    results = PartnershipSerializer(many=True)


class ConnectionPageSerializer(PageSerializer):
    """A page of the log, for the schema."""

    results = ConnectionSerializer(many=True)


def _words(**options: Any) -> serializers.ListField:
    child = serializers.CharField(max_length=40)
    return serializers.ListField(child=child, max_length=40, required=False, **options)


def _number(most: int) -> serializers.IntegerField:
    return serializers.IntegerField(
        min_value=0, max_value=most, required=False, allow_null=True
    )


class NewConnectionSerializer(serializers.Serializer[Any]):
    """What somebody logs: with a tie, or with a place that has none yet."""

    client_uuid = serializers.UUIDField(
        help_text="one's own id: sent again, it logs nothing new"
    )
    home = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
    partnership = serializers.IntegerField(min_value=1, max_value=2**31 - 1, required=False)
    asset = serializers.IntegerField(min_value=1, max_value=2**31 - 1, required=False)
    happened_on = serializers.DateField()
    until_on = serializers.DateField(
        required=False, allow_null=True, help_text=f"at most {PERIOD_DAYS} days in all"
    )
    occurrences = serializers.IntegerField(min_value=1, max_value=200, required=False)
    direction = serializers.ChoiceField(choices=Direction.choices)
    type = serializers.ChoiceField(choices=ConnectionType.choices, required=False)
    origin = serializers.ChoiceField(choices=Origin.choices, required=False, allow_blank=True)
    arranged_by = serializers.ChoiceField(
        choices=Arranger.choices, required=False, allow_blank=True
    )
    residents_count = _number(500)
    community_count = _number(5000)
    children_count = _number(5000)
    home_gives = _words(help_text="plain kinds, or asset:12 of the home's own list")
    partner_gives = _words()
    paid = serializers.BooleanField(required=False)
    staff_roles = _words()
    rating = serializers.ChoiceField(choices=Rating.choices, required=False, allow_null=True)
    note = serializers.CharField(max_length=500, required=False, allow_blank=True)
    note_looked_over = serializers.BooleanField(
        required=False, help_text="true: somebody has read the note, and it names nobody"
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Ask for one partner, refuse what means nothing here, and look the note over."""
        unknown = sorted(set(self.initial_data) - set(self.fields))
        if unknown:
            said = {name[:50]: ["There is no such field here."] for name in unknown}
            raise serializers.ValidationError(said)
        if ("partnership" in attrs) == ("asset" in attrs):
            raise serializers.ValidationError(
                {"partnership": ["Give a partnership or an asset: one of them."]}
            )
        looked_over = attrs.pop("note_looked_over", False)
        if not looked_over and (found := doubts(attrs.get("note", ""))):
            words = [doubt.words for doubt in found]
            raise serializers.ValidationError({"note": words})
        return attrs
