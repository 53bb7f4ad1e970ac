"""What homes and champions see of a volunteer: a first name, wishes, a rough place."""

from typing import ClassVar

from rest_framework import serializers

from fans.people.volunteers.models import Volunteer
from geo.drf import PageSerializer, PointField


class VolunteerSerializer(serializers.ModelSerializer[Volunteer]):
    """One volunteer who is active. No address, no whole name, nothing of a check but yes."""

    name = serializers.SerializerMethodField(
        help_text="first name; empty without consent or a role with a second step"
    )
    area = serializers.CharField(
        source="cell", help_text="postcode sector or district; empty where it is too small"
    )
    location = PointField(help_text="the middle of that sector or district")
    cleared = serializers.BooleanField(
        help_text="whether the check for their role is decided, or none is needed"
    )
    distance_m = serializers.SerializerMethodField(
        help_text="metres from near to the middle of the area, to the nearest 100"
    )

    class Meta:
        model = Volunteer
        fields: ClassVar[list[str]] = [
            *("id", "name", "kind", "interests", "languages", "times", "travel_m"),
            *("area", "location", "location_precision", "cleared", "distance_m"),
        ]

    def get_name(self, volunteer: Volunteer) -> str:
        """Return the first word of the name, where they agreed that homes see it."""
        is_named = volunteer.person_id in self.context["named"]
        return volunteer.person.name.split()[0] if is_named and volunteer.person.name else ""

    def get_distance_m(self, volunteer: Volunteer) -> int | None:
        """Return the distance from ``near``; None where none was asked."""
        distance = getattr(volunteer, "distance", None)
        return None if distance is None else round(distance.m, -2)


class VolunteerPageSerializer(PageSerializer):
    """A page of volunteers, for the schema."""

    results = VolunteerSerializer(many=True)
