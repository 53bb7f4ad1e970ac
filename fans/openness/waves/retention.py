"""How long the book of mails, and the words of what went on, are kept."""

import datetime as dt
from typing import Any, Final

from django.db.models import Q, QuerySet

from fans.openness.models import ContextEvent, ContextKind
from fans.openness.waves.models import Asking, Told
from fans.people.privacy.forgetting import forget_history
from fans.people.privacy.retention import RowsRule, end_of, register

NO_LONGER_SAID: Final = "no longer kept"
"""Something else than the kinds there are must say what it was, or that it is gone."""


def old_told(last: dt.date) -> QuerySet[Told]:
    """Return who was told what long ago."""
    return Told.objects.filter(on__lte=last)


def old_askings(last: dt.date) -> QuerySet[Asking]:
    """Return reminders that facilitators asked for long ago."""
    return Asking.objects.filter(at__lt=end_of(last))


def old_words(last: dt.date) -> QuerySet[ContextEvent]:
    """Return what went on long ago and still has its words."""
    said = ContextEvent.objects.exclude(Q(words="") | Q(words=NO_LONGER_SAID))
    return said.filter(noted_at__lt=end_of(last))


def blank_words(rows: QuerySet[ContextEvent]) -> None:
    """Keep what kind of thing went on and when, and no word of it."""
    ids = set(rows.values_list("pk", flat=True))
    events = ContextEvent.objects.filter(pk__in=ids)
    events.filter(kind=ContextKind.OTHER).update(words=NO_LONGER_SAID)
    events.exclude(kind=ContextKind.OTHER).update(words="")
    forget_history({ContextEvent: ids})


def delete(rows: QuerySet[Any]) -> None:
    """Delete what has no history of its own."""
    rows.delete()


def register_rules() -> None:
    """Add the rules of this part; again changes nothing."""
    for rule in _RULES:
        register(rule)


_RULES: Final = (
    RowsRule(
        slug="waves_told",
        label="Who was mailed about a month of a home",
        why="Nobody is told twice of a month that is long over.",
        setting="REMINDERS_MONTHS",
        done="The rows go.",
        rows=old_told,
        dated_by="on",
        act=delete,
    ),
    RowsRule(
        slug="waves_asked",
        label="Reminders that facilitators asked for",
        why="They hold back a second one for five days.",
        setting="REMINDERS_MONTHS",
        done="The rows go.",
        rows=old_askings,
        dated_by="at",
        act=delete,
    ),
    RowsRule(
        slug="context_words",
        label="Words on what went on in a home",
        why="That there was an outbreak, and when, is all that figures need.",
        setting="LOG_NOTES_MONTHS",
        done="The words go, with their history; kind and days stay.",
        rows=old_words,
        dated_by="noted_at",
        act=blank_words,
    ),
)
