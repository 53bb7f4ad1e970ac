"""The lived part of each home as it stands, what is due, and what the nightly check found."""

from typing import Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, OuterRef, Q

from homes.models import Home


class LivedScoreQuerySet(models.QuerySet["LivedScore"]):
    """Lived parts by whether something changed since they were scored."""

    def with_due(self) -> Self:
        """Annotate ``is_due``: a change that is not scored yet has been noted."""
        return self.annotate(is_due=Exists(Due.objects.filter(home_id=OuterRef("home_id"))))


class LivedScore(models.Model):
    """What a home's log alone says of it on a day, as the database scored it.

    ``counts`` has the fields of ``LogFacts``; ``raws`` and ``bands`` go by indicator, with
    null where one is not known. A home with an enrolment is scored by its start.
    """

    home = models.OneToOneField(
        Home, models.CASCADE, primary_key=True, related_name="lived_score"
    )
    as_of = models.DateField()
    starts_on = models.DateField(null=True, blank=True)
    version = models.CharField(max_length=20)
    counts = models.JSONField()
    raws = models.JSONField()
    bands = models.JSONField()
    lived = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    scored_at = models.DateTimeField()

    objects = LivedScoreQuerySet.as_manager()

    class Meta:
        ordering = ["home"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lived__isnull=True) | Q(lived__gte=0, lived__lte=100),
                name="lived_livedscore_0_100",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.home}, {self.as_of}: {self.lived}"

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this score is asked in."""
        return {"home": {self.home_id}}


class Due(models.Model):
    """A note that something changed a home's lived part, left by a trigger.

    Notes are only ever added and taken away, never changed, so that no writer waits for
    another. The home may be gone by the time its note is read.
    """

    home_id = models.BigIntegerField(db_index=True)

    class Meta:
        verbose_name_plural = "due"

    def __str__(self) -> str:
        return f"home {self.home_id}"


class NightlyCheck(models.Model):
    """One night's comparison of the stored lived parts with all of them scored anew."""

    checked_at = models.DateTimeField(auto_now_add=True)
    homes = models.PositiveIntegerField()
    different = models.PositiveIntegerField()

    class Meta:
        ordering = ["-checked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(different__lte=models.F("homes")),
                name="lived_nightlycheck_different_of_homes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.checked_at:%-d %B %Y}: {self.different} of {self.homes} differ"


class Difference(models.Model):
    """A home whose stored lived part was not what its log says."""

    check_run = models.ForeignKey(NightlyCheck, models.CASCADE, related_name="differences")
    home = models.ForeignKey(Home, models.CASCADE, related_name="+")
    as_of = models.DateField()
    stored = models.JSONField(encoder=DjangoJSONEncoder)
    found = models.JSONField(encoder=DjangoJSONEncoder)

    class Meta:
        ordering = ["check_run", "home"]
        constraints = [
            models.UniqueConstraint(fields=["check_run", "home"], name="lived_difference_once"),
        ]

    def __str__(self) -> str:
        return f"{self.home}, {self.as_of}"
