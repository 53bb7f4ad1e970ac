"""The rules about what was recorded: changes, and looks at rows about people."""

import datetime as dt
from typing import Any, Final

from django.apps import apps
from django.db.models import Min, QuerySet
from django.utils import timezone
from pghistory.models import Context, Event

from fans.people.audit.models import AccessLog
from fans.people.privacy.retention import Found, RowsRule, Rule, end_of, register


class ChangesRule(Rule):
    """A rule about every table of history there is."""

    def find(self) -> Found:
        """Say what is due, and change nothing."""
        tables = self._due()
        first = [rows.aggregate(first=Min("pgh_created_at"))["first"] for rows in tables]
        days = [timezone.localdate(moment) for moment in first if moment]
        return Found(sum(rows.count() for rows in tables), min(days, default=None))

    def apply(self) -> int:
        """Delete what is due, and what was noted beside it of who did it."""
        count = sum(rows.delete()[0] for rows in self._due())
        Context.objects.filter(created_at__lt=end_of(self.last_day_due())).delete()
        return count

    def _due(self) -> list[QuerySet[Any]]:
        end = end_of(self.last_day_due())
        return [
            each._base_manager.filter(pgh_created_at__lt=end)
            for each in apps.get_models()
            if issubclass(each, Event) and each._meta.managed and not each._meta.proxy
        ]


def looks(last: dt.date) -> QuerySet[AccessLog]:
    """Return who looked at rows about people."""
    return AccessLog.objects.filter(at__lt=end_of(last))


def delete(rows: QuerySet[Any]) -> None:
    """Delete what has no history of its own."""
    rows.delete()


def register_rules() -> None:
    """Add the rules of this module; again changes nothing."""
    for rule in _RULES:
        register(rule)


_RULES: Final[tuple[Rule, ...]] = (
    ChangesRule(
        slug="changes",
        label="The record of changes: who, when, before and after",
        why="To find out what went wrong, and who knew what.",
        setting="CHANGES_MONTHS",
        done="Deleted.",
    ),
    RowsRule(
        slug="reads",
        label="The record of looks at rows about people",
        why="To find out who saw what they should not have seen.",
        setting="READS_MONTHS",
        done="Deleted.",
        rows=looks,
        dated_by="at",
        act=delete,
    ),
)
