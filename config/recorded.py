"""What every recorded change has, whatever its model."""

from django.db import models
from pghistory.models import Event as LibraryEvent


class Event(LibraryEvent):
    """One line of the record of changes."""

    pgh_id = models.BigAutoField(primary_key=True)
    # Indexed: the auditor's page reads the latest first.
    pgh_created_at = models.DateTimeField(db_index=True, editable=False)

    class Meta:
        abstract = True
