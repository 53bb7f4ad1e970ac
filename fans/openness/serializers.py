"""Cohorts, waves and scores as the API gives them."""

from typing import Any, ClassVar

from rest_framework import serializers

from fans.cohorts.models import Cohort, Enrolment
from fans.openness.models import Wave, WaveState
from geo.drf import PageSerializer


class EnrolmentSerializer(serializers.ModelSerializer[Enrolment]):
    """One home's part in a cohort."""

    class Meta:
        model = Enrolment
        fields: ClassVar[list[str]] = ["id", "home", "starts_on", "ends_on"]


class CohortSerializer(serializers.ModelSerializer[Cohort]):
    """A cohort with the homes that take part."""

    programme = serializers.CharField(source="programme.name")
    enrolments = EnrolmentSerializer(many=True)

    class Meta:
        model = Cohort
        fields: ClassVar[list[str]] = ["id", "name", "programme", "enrolments"]


class WaveSerializer(serializers.ModelSerializer[Wave]):
    """A measuring point: its days and how far it has come; no answers, no figures."""

    home = serializers.IntegerField(source="enrolment.home_id")
    cohort = serializers.IntegerField(source="enrolment.cohort_id")
    instrument = serializers.CharField(source="instrument.version")
    state = serializers.SerializerMethodField(help_text="planned, open or closed")

    class Meta:
        model = Wave
        fields: ClassVar[list[str]] = [
            *("id", "home", "cohort", "month", "instrument", "state", "opens_on", "closes_on"),
        ]

    def get_state(self, wave: Wave) -> WaveState:
        """Say how far the wave has come today."""
        return wave.state_on(self.context["today"])


class ScoreSerializer(serializers.Serializer[Any]):
    """A closed wave's figures; null where not known, or kept back for too few answers."""

    wave = serializers.IntegerField()
    home = serializers.IntegerField()
    month = serializers.IntegerField()
    instrument = serializers.CharField()
    as_of = serializers.DateField()
    overall = serializers.FloatField(allow_null=True, help_text="0 to 100")
    level = serializers.CharField(allow_null=True)
    lived = serializers.FloatField(allow_null=True, help_text="0 to 100, counted")
    felt = serializers.FloatField(allow_null=True, help_text="0 to 100, answered")
    dimensions = serializers.DictField(child=serializers.FloatField(allow_null=True))
    indicators = serializers.DictField(child=serializers.FloatField(allow_null=True))
    flags = serializers.ListField(child=serializers.CharField())
    keeps_back = serializers.BooleanField(
        help_text="true: too few people answered something, so it is null here"
    )


class CohortPageSerializer(PageSerializer):
    """A page of cohorts, for the schema."""

    results = CohortSerializer(many=True)


class WavePageSerializer(PageSerializer):
    """A page of waves, for the schema."""

    results = WaveSerializer(many=True)


class ScorePageSerializer(PageSerializer):
    """A page of scores, for the schema."""

    results = ScoreSerializer(many=True)
