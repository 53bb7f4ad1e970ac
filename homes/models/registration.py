"""A home's entries in the registers of care."""

import pghistory
from django.db import models
from django.db.models import F, Q

from homes.models.home import Home


class Regulator(models.TextChoices):
    """The four nations' regulators of care."""

    CQC = "cqc", "Care Quality Commission"
    CIW = "ciw", "Care Inspectorate Wales"
    CI = "ci", "Care Inspectorate (Scotland)"
    RQIA = "rqia", "Regulation and Quality Improvement Authority"


@pghistory.track(exclude=["source_values"])
class Registration(models.Model):
    """One entry of a home in a regulator's register.

    Beds and dates may be unknown: some register layouts carry none.
    """

    home = models.ForeignKey(Home, models.CASCADE, related_name="registrations")
    regulator = models.CharField(max_length=4, choices=Regulator)
    regulator_id = models.CharField("register number", max_length=40)
    provider = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=200)
    local_authority = models.CharField(max_length=80, blank=True)
    beds = models.PositiveSmallIntegerField(null=True, blank=True)
    from_on = models.DateField("from", db_column="from", null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    dormant = models.BooleanField(
        "registered, but giving no care at present", default=False, db_default=False
    )
    # A second registration of the same home: its beds are those of the first.
    dual_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="second_registrations"
    )
    # What the register said last: a later import changes what still stands as it was
    # put, and leaves alone what somebody here has put right.
    source_values = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["regulator", "regulator_id"], name="homes_registration_number_once"
            ),
            models.CheckConstraint(
                condition=Q(regulator__in=Regulator.values),
                name="homes_registration_regulator_known",
            ),
            models.CheckConstraint(
                condition=~Q(regulator_id=""), name="homes_registration_has_number"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True)
                | Q(from_on__isnull=True)
                | Q(until__gte=F("from_on")),
                name="homes_registration_ordered",
            ),
            models.CheckConstraint(
                condition=Q(dual_of__isnull=True) | Q(beds__isnull=True),
                name="homes_registration_dual_beds_once",
                violation_error_message="The beds of a home count with its first registration.",
            ),
            models.CheckConstraint(
                condition=~Q(dual_of=F("pk")), name="homes_registration_dual_of_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.regulator_id})"
