"""How long is kept what was noted from sheets, and the sheets' codes."""

import datetime as dt
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from fans.connections.quick.models import EntryState, QuickCode, QuickEntry
from fans.people.privacy.retention import RowsRule, end_of, register


def decided_entries(last: dt.date) -> QuerySet[QuickEntry]:
    """Return what somebody decided long ago; what came into the log of it stays there."""
    decided = QuickEntry.objects.exclude(state=EntryState.WAITING)
    return decided.filter(decided_at__lt=end_of(last))


def forgotten_entries(last: dt.date) -> QuerySet[QuickEntry]:
    """Return what has waited for so long that nobody remembers it."""
    return QuickEntry.objects.waiting().filter(noted_at__lt=end_of(last))


def codes_over(last: dt.date) -> QuerySet[QuickCode]:
    """Return codes that have long opened nothing, and of which no entry is left."""
    over = Q(revoked_at__lt=end_of(last)) | Q(expires_on__lte=last)
    left = QuickEntry.objects.filter(code=OuterRef("pk"))
    return QuickCode.objects.filter(over, ~Exists(left))


def register_rules() -> None:
    """Add the rules of this part; again changes nothing."""
    for rule in _RULES:
        register(rule)


_RULES: Final = (
    RowsRule(
        slug="quick_entries_decided",
        label="What was noted from a home’s sheet, once the home has confirmed or refused it",
        why="For a while somebody may ask what became of it.",
        setting="QUICK_DECIDED_MONTHS",
        done="Deleted, with its history; what came into the log stays there.",
        rows=decided_entries,
        dated_by="decided_at",
    ),
    RowsRule(
        slug="quick_entries_waiting",
        label="What was noted from a home’s sheet, and nobody has looked at",
        why="After a season nobody can say whether it was so.",
        setting="QUICK_WAITING_MONTHS",
        done="Deleted, with its history.",
        rows=forgotten_entries,
        dated_by="noted_at",
    ),
    RowsRule(
        slug="quick_codes",
        label="Codes of sheets that work no longer",
        why="They show which sheets hung where, and who made them.",
        setting="QUICK_CODES_MONTHS",
        done="Deleted, with their history, once nothing noted from them is left.",
        rows=codes_over,
        dated_by="expires_on",
    ),
)
