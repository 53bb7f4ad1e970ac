"""How long names are kept that were put down and never sorted, or taken out."""

import datetime as dt
from typing import Final

from django.db.models import Q, QuerySet

from fans.connections.steps.models import Acquaintance
from fans.people.privacy.retention import RowsRule, end_of, register


def old_names(last: dt.date) -> QuerySet[Acquaintance]:
    """Return names that are no tie, and those taken out."""
    left = Q(partnership__isnull=True) | Q(removed_at__isnull=False)
    return Acquaintance.objects.filter(left, added_at__lt=end_of(last))


def register_rules() -> None:
    """Add the rules of this part; again changes nothing."""
    for rule in _RULES:
        register(rule)


_RULES: Final = (
    RowsRule(
        slug="known_names",
        label="Names put down in the first step that nobody sorted, or that were taken out",
        why="After a year nobody knows any more who was meant.",
        setting="KNOWN_NAMES_MONTHS",
        done="Deleted, with their history.",
        rows=old_names,
        dated_by="added_at",
    ),
)
