"""Studies and the log of what was taken away."""

import secrets

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from fans.cohorts.models import Cohort


def new_key() -> str:
    """Return a fresh secret for a study's pseudonyms."""
    return secrets.token_hex(32)


@pghistory.track(exclude=["key"])
class Study(models.Model):
    """A piece of research on one cohort, with pseudonyms of its own.

    The key makes a home's pseudonym the same in every extract of one study and
    unrelated to its pseudonym in any other. It never leaves the server.
    """

    name = models.CharField(max_length=120, unique=True)
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="studies")
    key = models.CharField(max_length=64, default=new_key, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "studies"
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="research_study_has_name",
                violation_error_message="A study needs a name.",
            ),
            models.CheckConstraint(
                condition=Q(key__regex=r"^[0-9a-f]{64}$"), name="research_study_has_key"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this study is asked in."""
        return {"cohort": {self.cohort_id}}


@pghistory.track()
class Extract(models.Model):
    """One extract that was taken away: when, by whom, what it held."""

    study = models.ForeignKey(Study, models.PROTECT, related_name="extracts")
    taken_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sha256 = models.CharField(max_length=64)
    counts = models.JSONField()

    class Meta:
        ordering = ["-taken_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="research_extract_has_hash"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.study}, {self.taken_at:%d %B %Y}"
