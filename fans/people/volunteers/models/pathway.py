"""What happened on a volunteer's way: stages, references, the check, being shown round."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q

from fans.people.models import Person
from fans.people.volunteers.models.volunteer import Stage, Volunteer


class StageEvent(models.Model):
    """A volunteer came to a stage: never changed, only added."""

    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="events")
    stage = models.CharField(max_length=10, choices=Stage)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values), name="volunteers_stageevent_stage_known"
            ),
            models.CheckConstraint(  # a pause is nobody's business
                condition=~Q(stage=Stage.RESTING) | Q(note=""),
                name="volunteers_stageevent_rest_unreasoned",
                violation_error_message="A pause is kept without a reason.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} on {self.at:%Y-%m-%d}"


@pghistory.track(exclude=["referee"])  # the name goes once they answered
class Reference(models.Model):
    """Somebody who was asked about a volunteer; who they are goes once they answered."""

    class Answer(models.TextChoices):
        """What came back."""

        WAITING = "waiting", "Waiting"
        GOOD = "good", "Speaks for them"
        DOUBTS = "doubts", "Has doubts"

    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="references")
    referee = models.CharField(max_length=80, blank=True)
    answer = models.CharField(max_length=7, choices=Answer, default=Answer.WAITING)
    asked_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)
    taken_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["asked_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="waiting", answered_on__isnull=True)
                | (
                    ~Q(answer="waiting")
                    & Q(answered_on__isnull=False, referee="")
                    & Q(answered_on__gte=F("asked_on"))
                ),
                name="volunteers_reference_answered",
                violation_error_message="A reference has its day, and then no name.",
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["waiting", "good", "doubts"]),
                name="volunteers_reference_answer_known",
            ),
        ]

    def __str__(self) -> str:
        return f"Reference {self.pk}: {self.get_answer_display()}"


@pghistory.track()
class Vetting(models.Model):
    """A decision about a check: no certificate number, no image, no offence, no list.

    Source of the rule: ``docs/volunteers.md``.
    """

    class Level(models.TextChoices):
        """Which check a role needs; a barred list is never looked at here."""

        NONE = "none", "No check"
        BASIC = "basic", "Basic"
        STANDARD = "standard", "Standard"
        ENHANCED = "enhanced", "Enhanced, without barred lists"

    class Authority(models.TextChoices):
        """Who makes checks, by where the decision is made."""

        DBS = "dbs", "Disclosure and Barring Service (England and Wales)"
        DISCLOSURE_SCOTLAND = "disclosure_scotland", "Disclosure Scotland"
        ACCESSNI = "accessni", "AccessNI (Northern Ireland)"

    class Outcome(models.TextChoices):
        """What was decided."""

        WAITING = "waiting", "Waiting"
        OK = "ok", "Suitable"
        NOT_OK = "not_ok", "Not suitable for this role"
        NOT_NEEDED = "not_needed", "Not needed"

    GOOD: ClassVar[tuple[str, ...]] = (Outcome.OK, Outcome.NOT_NEEDED)

    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="vettings")
    role_slug = models.CharField(max_length=40)
    level = models.CharField(max_length=8, choices=Level)
    level_reason = models.CharField(max_length=200)
    authority = models.CharField(max_length=20, choices=Authority)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)
    asked_on = models.DateField()
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    recheck_on = models.DateField(null=True, blank=True)
    on_update_service = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=["none", "basic", "standard", "enhanced"]),
                name="volunteers_vetting_level_known",
                violation_error_message="Checks with barred lists are not kept here.",
            ),
            models.CheckConstraint(
                condition=Q(authority__in=["dbs", "disclosure_scotland", "accessni"]),
                name="volunteers_vetting_authority_known",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["waiting", "ok", "not_ok", "not_needed"]),
                name="volunteers_vetting_outcome_known",
            ),
            models.CheckConstraint(
                condition=Q(outcome="waiting", decided_on__isnull=True)
                | (
                    ~Q(outcome="waiting")
                    & Q(decided_on__isnull=False, decided_on__gte=F("asked_on"))
                ),
                name="volunteers_vetting_decided",
                violation_error_message="A decision has its day, not before it was asked.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="not_needed", level="none")
                | (~Q(outcome="not_needed") & ~Q(level="none")),
                name="volunteers_vetting_needed",
                violation_error_message="No check means not needed, and the other way round.",
            ),
            models.UniqueConstraint(
                fields=["volunteer"],
                condition=Q(outcome="waiting"),
                name="volunteers_vetting_one_waiting",
                violation_error_message="A check is waiting already.",
            ),
            models.CheckConstraint(  # nine digits are no date; a certificate has twelve
                condition=~Q(level_reason__regex=r"[0-9]([ .\/-]?[0-9]){8}"),
                name="volunteers_vetting_no_number",
                violation_error_message="No certificate number is kept here.",
            ),
            models.CheckConstraint(
                condition=Q(recheck_on__isnull=True)
                | Q(decided_on__isnull=False, recheck_on__gt=F("decided_on")),
                name="volunteers_vetting_recheck_later",
                violation_error_message="The next look comes after the decision.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()}: {self.get_outcome_display()}"


@pghistory.track()
class InductionTick(models.Model):
    """One item of a role's induction list is done."""

    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="inductions")
    item = models.CharField(max_length=40)
    done_on = models.DateField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["done_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "item"], name="volunteers_inductiontick_once"
            )
        ]

    def __str__(self) -> str:
        return self.item
