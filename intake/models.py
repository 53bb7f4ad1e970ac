"""What each import did, kept; and imports under way, with their rows as they wait."""

from typing import Final

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q


@pghistory.track()
class ImportReport(models.Model):
    """One run of an importer: what was read and what became of every row."""

    importer = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    layout = models.CharField(max_length=40, blank=True)
    ran_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    rows_read = models.PositiveIntegerField()
    rows_new = models.PositiveIntegerField()
    rows_changed = models.PositiveIntegerField()
    rows_same = models.PositiveIntegerField()
    rows_unsure = models.PositiveIntegerField()
    rows_refused = models.PositiveIntegerField()
    rows_gone = models.PositiveIntegerField(default=0)
    questions = models.PositiveIntegerField(default=0)
    # [{"row": 12, "column": "postcode" | "", "reason": "..."}], in the file's order.
    refusals = models.JSONField(default=list)

    class Meta:
        ordering = ["-ran_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    rows_read=F("rows_new")
                    + F("rows_changed")
                    + F("rows_same")
                    + F("rows_unsure")
                    + F("rows_refused")
                ),
                name="intake_importreport_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.importer}: {self.file_name}"


class JobState(models.TextChoices):
    """Where an import stands."""

    WAITING = "waiting", "Waiting to be read"
    READING = "reading", "Reading and comparing"
    PREVIEW = "preview", "A try-out to look at"
    APPLYING = "applying", "Bringing in"
    DONE = "done", "Brought in"
    FAILED = "failed", "Stopped"
    THROWN_AWAY = "thrown_away", "Thrown away"


UNDER_WAY: Final = (JobState.WAITING, JobState.READING, JobState.APPLYING)
"""States in which a worker has something to do."""

OVER: Final = (JobState.DONE, JobState.THROWN_AWAY)
"""States in which nothing of the file is kept."""


_PROGRESS: Final = (
    *("stored_name", "rows_total", "rows_done", "counts", "gone", "questions", "notes"),
    *("started_at", "beat_at", "error"),
)
"""What a worker notes of an import as it goes: nobody's doing, and far too often."""


@pghistory.track(exclude=[*_PROGRESS])
class ImportJob(models.Model):
    """One file on its way in: read into rows, looked at, then written batch by batch."""

    importer = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    file_name = models.CharField(max_length=200)
    # Name within the folder of uploads; "" once the file is deleted.
    stored_name = models.CharField(max_length=60, blank=True)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    options = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=12, choices=JobState.choices, default=JobState.WAITING)
    # Rows of the whole file; null until it has been read to its end.
    rows_total = models.PositiveIntegerField(null=True, blank=True)
    # Rows that the phase at hand has dealt with.
    rows_done = models.PositiveIntegerField(default=0)
    # Outcome: rows, of the phase at hand.
    counts = models.JSONField(default=dict, blank=True)
    gone = models.PositiveIntegerField(default=0)
    questions = models.PositiveIntegerField(default=0)
    # Sentences for the report.
    notes = models.JSONField(default=list, blank=True)
    error = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    # When the phase at hand began, and when a worker last got on with it.
    started_at = models.DateTimeField(null=True, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    report = models.OneToOneField(
        ImportReport, models.PROTECT, null=True, blank=True, related_name="job"
    )

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=JobState.values), name="intake_importjob_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="done", report__isnull=False)
                | (~Q(state="done") & Q(report__isnull=True)),
                name="intake_importjob_done_has_report",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("applying", "done")) | Q(confirmed_at__isnull=False),
                name="intake_importjob_applied_was_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(rows_total__isnull=True) | Q(rows_done__lte=F("rows_total")),
                name="intake_importjob_done_within_total",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_under_way(self) -> bool:
        """Say whether a worker has something to do."""
        return self.state in UNDER_WAY


class RowOutcome(models.TextChoices):
    """What became, or would become, of a staged row."""

    NEW = "new", "New"
    CHANGED = "changed", "Changed"
    SAME = "same", "Same"
    UNSURE = "unsure", "Possible duplicate"
    REFUSED = "refused", "Refused"
    REPEAT = "repeat", "Said before in this file"


class Decision(models.TextChoices):
    """What a person said of a row that the importer was unsure of."""

    TAKE = "take", "Take it"
    LEAVE = "leave", "Leave it out"
    SAME = "same", "It is that one"


class StagedRow(models.Model):
    """One row of a file as it waits to be written."""

    job = models.ForeignKey(ImportJob, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    key = models.TextField(blank=True)
    title = models.CharField(max_length=200, blank=True)
    # Degrees, SRID 4326; both or neither. Plain numbers: this room knows no geometry.
    lon = models.FloatField(null=True, blank=True)
    lat = models.FloatField(null=True, blank=True)
    # Emptied once the row is written.
    payload = models.JSONField(default=dict, blank=True)
    # "" until the row has been looked at.
    outcome = models.CharField(max_length=8, choices=RowOutcome.choices, blank=True)
    reason = models.TextField(blank=True)
    column = models.CharField(max_length=200, blank=True)
    # Column label: [before, now].
    changes = models.JSONField(default=dict, blank=True)
    # The importer's last word stands: written, or passed over for good.
    written = models.BooleanField(default=False)
    decision = models.CharField(max_length=5, choices=Decision.choices, blank=True)
    # What a row in doubt may be, as its importer names it; nothing that people read.
    match = models.CharField(max_length=200, blank=True, db_default="")

    class Meta:
        ordering = ["job", "number"]
        constraints = [
            models.UniqueConstraint(fields=["job", "number"], name="intake_stagedrow_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *RowOutcome.values]),
                name="intake_stagedrow_outcome_known",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=["", *Decision.values]),
                name="intake_stagedrow_decision_known",
            ),
            models.CheckConstraint(
                condition=~Q(decision=Decision.SAME) | ~Q(match=""),
                name="intake_stagedrow_same_as_something",
            ),
            models.CheckConstraint(
                condition=Q(lon__isnull=True, lat__isnull=True)
                | Q(
                    lon__isnull=False,  # a range of NULL would pass
                    lat__isnull=False,
                    lon__range=(-180, 180),
                    lat__range=(-90, 90),
                ),
                name="intake_stagedrow_place_in_degrees",
            ),
            models.CheckConstraint(
                condition=Q(written=False) | ~Q(outcome=""),
                name="intake_stagedrow_written_has_outcome",
            ),
        ]
        indexes = [models.Index(fields=["job", "outcome", "number"], name="intake_row_outcome")]

    def __str__(self) -> str:
        return f"{self.number}: {self.title}"
