"""What was typed in from sheets: which rows of the log, and what each save did."""

import datetime as dt

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from fans.connections.models import Connection
from homes.models import Home

UNDO_WINDOW = dt.timedelta(days=1)
"""How long after it was made a whole save can be taken back: a month is long to read over."""


class FromSheet(models.Model):
    """A row of the log that stands for one cell of a month's sheet.

    It is corrected where the cell is, so that the record of changes, a photo or a wish
    stays with it; a cell that is emptied takes it back, and one filled again brings it
    back. Rows logged in another way are shown on a sheet and never changed by one.
    """

    connection = models.OneToOneField(
        Connection, models.CASCADE, primary_key=True, related_name="from_sheet"
    )

    class Meta:
        verbose_name_plural = "from sheets"

    def __str__(self) -> str:
        return f"From a sheet: {self.connection_id}"


class GridSaveQuerySet(models.QuerySet["GridSave"]):
    """Saves of sheets."""

    def undoable(self, at: dt.datetime) -> "GridSaveQuerySet":
        """Keep those that can still be taken back."""
        return self.filter(at__gt=at - UNDO_WINDOW, undone_by__isnull=True)


@pghistory.track()
class GridSave(models.Model):
    """One save of a month's sheet: every cell that it changed, before and after.

    ``changes`` is a list of ``[tie id, direction, cell, before, after]``, where the cell
    is a day of the month, "people" or "rating"; the month's three numbers stand there as
    ``[None, "", name, before, after]``. Taking a save back is a save as well.
    """

    home = models.ForeignKey(Home, models.PROTECT, related_name="grid_saves")
    month = models.DateField()  # its first day
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    changes = models.JSONField()
    undoes = models.OneToOneField(
        "self", models.RESTRICT, null=True, blank=True, related_name="undone_by"
    )

    objects = GridSaveQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["home", "month"], name="grid_save_home_month")]
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="grid_save_first_of_month"),
            models.CheckConstraint(
                condition=Q(undoes__isnull=True) | ~Q(undoes=F("id")),
                name="grid_save_undoes_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.home}, {self.month:%B %Y}, saved {self.at:%Y-%m-%d %H:%M}"

    def permission_scope(self) -> dict[str, set[int]]:
        """Name the scope that a permission on this save is asked in."""
        return {"home": {self.home_id}}

    @property
    def times(self) -> int:
        """How many times more (or fewer, below 0) the log holds for it."""
        days = (row for row in self.changes if isinstance(row[2], int))
        return sum((after or 0) - (before or 0) for *_, before, after in days)
