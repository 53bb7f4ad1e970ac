"""How long the book of mails, and what was put off or closed, are kept."""

import datetime as dt
from typing import Any, Final

from django.db.models import QuerySet

from fans.connections.nudges.models import Aside, Mailing
from fans.people.privacy.retention import RowsRule, end_of, register


def old_mailings(last: dt.date) -> QuerySet[Mailing]:
    """Return days of the book long past."""
    return Mailing.objects.filter(day__lte=last)


def old_asides(last: dt.date) -> QuerySet[Aside]:
    """Return what was said of reminders long ago; what still waits then comes up again."""
    return Aside.objects.filter(said_at__lt=end_of(last))


def delete(rows: QuerySet[Any]) -> None:
    """Delete what has no history of its own."""
    rows.delete()


def register_rules() -> None:
    """Add the rules of this part; again changes nothing."""
    for rule in _RULES:
        register(rule)


_RULES: Final = (
    RowsRule(
        slug="reminder_mails",
        label="The book of reminders by mail: who was told of what, on which day",
        why="So that nobody gets two mails on a day, or hears of one thing twice in a week.",
        setting="REMINDERS_MONTHS",
        done="Deleted.",
        rows=old_mailings,
        dated_by="day",
        act=delete,
    ),
    RowsRule(
        slug="reminders_aside",
        label="Reminders that somebody put off or closed",
        why="So that what was closed does not come up again.",
        setting="REMINDERS_MONTHS",
        done="Deleted, with their history; what still waits is on the list again.",
        rows=old_asides,
        dated_by="said_at",
    ),
)
