"""What people answered. Nobody is named."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from fans.openness.models.instrument import Indicator
from fans.openness.models.wave import Wave


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


class Language(models.TextChoices):
    """In which words the questions were put."""

    ENGLISH = "en", "English"
    EASY = "easy", "Easy read"
    WELSH = "cy", "Welsh"


class Way(models.TextChoices):
    """How the answers came in."""

    TABLET = "tablet", "On a tablet"
    PHONE = "phone", "On a phone"
    PAPER = "paper", "On paper"
    TOGETHER = "together", "Talked over together"
    OFFICE = "office", "Entered in the home"


@pghistory.track(exclude=["device"])
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
    # Came after the wave's close: kept and shown as an addendum, never scored.
    is_late = models.BooleanField(default=False, db_default=False)
    language = models.CharField(
        max_length=4,
        choices=Language,
        default=Language.ENGLISH,
        db_default=Language.ENGLISH.value,
    )
    way = models.CharField(
        max_length=8, choices=Way, default=Way.OFFICE, db_default=Way.OFFICE.value
    )
    # Of a sheet keyed in later: the day of the talk.
    talked_on = models.DateField(null=True, blank=True)
    # A hash that tells repeats by one device. Never shown.
    device = models.CharField(max_length=64, blank=True, default="", db_default="")

    class Meta:
        ordering = ["wave", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(group__in=RespondentGroup.values),
                name="openness_assessment_group_known",
            ),
            models.CheckConstraint(
                condition=Q(language__in=Language.values),
                name="openness_assessment_language_known",
            ),
            models.CheckConstraint(
                condition=Q(way__in=Way.values), name="openness_assessment_way_known"
            ),
            models.CheckConstraint(
                condition=Q(device="") | Q(device__regex=r"^[0-9a-f]{64}$"),
                name="openness_assessment_device_hash",
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
