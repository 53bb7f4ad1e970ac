"""Instrument, waves, answers and stored scores."""

import datetime as dt
from typing import Self

import pghistory
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from fans.cohorts.models import Enrolment

WAVE_MONTHS = (0, 3, 6)


@pghistory.track()
class Instrument(models.Model):
    """A version of the questions, bands and weights. Frozen once published."""

    version = models.CharField(max_length=20, unique=True)
    algorithm = models.PositiveSmallIntegerField()
    body = models.JSONField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["version"]

    def __str__(self) -> str:
        return f"Instrument {self.version}"


@pghistory.track()
class Indicator(models.Model):
    """One of an instrument's signs, so that answers can point at it."""

    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="indicators")
    code = models.CharField(max_length=4)
    dimension = models.CharField(max_length=2)
    is_assessed = models.BooleanField()

    class Meta:
        ordering = ["instrument", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "code"], name="openness_indicator_once"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class WaveQuerySet(models.QuerySet["Wave"]):
    """Waves by their days."""

    def open_on(self, day: dt.date) -> Self:
        """Keep waves that are open on ``day``, both ends included."""
        return self.filter(opens_on__lte=day, closes_on__gte=day)

    def to_score_on(self, day: dt.date) -> Self:
        """Keep begun waves whose score still moves, or was made before their last day."""
        last_day = Coalesce("look_back_until", "closes_on")
        return self.filter(
            Q(closes_on__gte=day) | Q(score__isnull=True) | Q(score__as_of__lt=last_day),
            opens_on__lte=day,
        )


@pghistory.track()
class Wave(models.Model):
    """One measuring point of one enrolment: month 0, 3 or 6."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="waves")
    month = models.PositiveSmallIntegerField(choices=[(m, f"month {m}") for m in WAVE_MONTHS])
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="waves")
    opens_on = models.DateField()
    closes_on = models.DateField()
    # In wave 0: the last day that the look-back asks about.
    look_back_until = models.DateField(null=True, blank=True)

    objects = WaveQuerySet.as_manager()

    class Meta:
        ordering = ["enrolment", "month"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "month"], name="openness_wave_once"),
            models.CheckConstraint(
                condition=Q(month__in=WAVE_MONTHS), name="openness_wave_month_0_3_6"
            ),
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="openness_wave_ordered"
            ),
            models.CheckConstraint(
                condition=Q(look_back_until__isnull=True) | Q(month=0),
                name="openness_wave_look_back_0",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}, month {self.month}"

    def is_open_on(self, day: dt.date) -> bool:
        """Say whether answers are taken and the score moves on ``day``."""
        return self.opens_on <= day <= self.closes_on

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scopes that a permission on this wave is asked in."""
        return self.enrolment.permission_scope()


class RespondentGroup(models.TextChoices):
    """Who answered."""

    RESIDENTS = "residents", "People who live here"
    RELATIVES = "relatives", "Relatives and friends"
    STAFF = "staff", "Staff"
    MANAGER = "manager", "Manager"
    VOLUNTEERS = "volunteers", "Volunteers"
    PARTNERS = "partners", "Partners"
    FACILITATOR = "facilitator", "Facilitator"
    CHAMPION = "champion", "Community champion"
    PROFESSIONALS = "professionals", "Visiting professionals"
    OTHER = "other", "Others"


@pghistory.track()
class Assessment(models.Model):
    """One respondent's answers in one wave. Nobody is named."""

    wave = models.ForeignKey(Wave, models.PROTECT, related_name="assessments")
    group = models.CharField(max_length=14, choices=RespondentGroup)
    submitted_at = models.DateTimeField(auto_now_add=True)
    client_uuid = models.UUIDField(null=True, blank=True, unique=True)
    # Who keyed it in; for an answer given in office, who gave it.
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["wave", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(group__in=RespondentGroup.values),
                name="openness_assessment_group_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_group_display()} in {self.wave}"


@pghistory.track()
class Answer(models.Model):
    """One answer, 0 to 4. Not answered is no row."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="answers")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField()
    how_known = models.CharField("how do you know?", max_length=300, blank=True)

    class Meta:
        ordering = ["assessment", "indicator"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "indicator"], name="openness_answer_once"
            ),
            models.CheckConstraint(condition=Q(value__lte=4), name="openness_answer_0_4"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value}"


class Score(models.Model):
    """A wave's score with the evidence it was made from; rebuilt from these alone."""

    wave = models.OneToOneField(Wave, models.CASCADE, related_name="score")
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="+")
    as_of = models.DateField()
    evidence = models.JSONField(encoder=DjangoJSONEncoder)
    result = models.JSONField(encoder=DjangoJSONEncoder)
    overall = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    lived = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    felt = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    computed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["wave"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(overall__isnull=True) | Q(overall__gte=0, overall__lte=100))
                & (Q(lived__isnull=True) | Q(lived__gte=0, lived__lte=100))
                & (Q(felt__isnull=True) | Q(felt__gte=0, felt__lte=100)),
                name="openness_score_0_100",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wave}: {self.overall}"

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scopes that a permission on this score is asked in."""
        return self.wave.permission_scope()
