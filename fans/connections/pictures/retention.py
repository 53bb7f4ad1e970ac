"""How long photos of the log are kept that are the home's own."""

import datetime as dt
from typing import Final

from django.db.models import QuerySet

from fans.connections.pictures.models import Picture
from fans.people.privacy.retention import RowsRule, end_of, register


def old_pictures(last: dt.date) -> QuerySet[Picture]:
    """Return photos that the public does not see."""
    return Picture.objects.filter(is_public=False, added_at__lt=end_of(last))


def register_rules() -> None:
    """Add the rules of this part; again changes nothing."""
    for rule in _RULES:
        register(rule)


_RULES: Final = (
    RowsRule(
        slug="log_pictures",
        label="Photos of the log that only the home’s own people see",
        why="They are for looking back on a year together, and no archive of people.",
        setting="LOG_PICTURES_MONTHS",
        done="Deleted, with their files and history.",
        rows=old_pictures,
        dated_by="added_at",
    ),
)
