"""Writes on many rows of one home's log at once, such as a month's sheet."""

from collections.abc import Sequence
from typing import Final

from django.db import transaction

from fans.connections.models import Connection

CORRECTED: Final = ("occurrences", "residents_count", "rating", "undone_at")
"""What a correction may write; the record of changes keeps what it said before."""


@transaction.atomic
def write_rows(*, new: Sequence[Connection], corrected: Sequence[Connection]) -> None:
    """Keep new rows, and corrections of rows: two statements, however many there are.

    The caller holds the log of the home (``hold_log``), has checked each row
    (``check_entry``), and says once that the log changed.
    """
    for row in new:
        # Keys exist, for the caller read them; constraints are the database's.
        row.clean_fields(exclude={"home", "partnership", "logged_by"})
    Connection.objects.bulk_create(new)
    if corrected:
        Connection.objects.bulk_update(corrected, CORRECTED)
