"""What each import did, kept."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


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
