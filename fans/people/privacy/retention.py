"""How long what is kept: the rules, which rooms add to in ``AppConfig.ready``.

A day is a day in London. Something of day D that is kept for 30 days is due on D + 30.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.conf import settings
from django.db import connection
from django.db.models import Model, QuerySet
from django.utils import timezone

from fans.people.privacy.forgetting import delete_with_history
from fans.people.privacy.periods import Period, period_named

EXAMPLES: Final = 20
BATCH: Final = 500


@dataclass(frozen=True)
class Found:
    """What a rule would let go of today: how many, the oldest day, some by their ids."""

    count: int
    oldest_on: dt.date | None = None
    examples: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One kind of thing that is not kept for ever."""

    slug: str
    label: str
    why: str
    setting: str  # a key of settings.RETENTION
    done: str  # what happens then, in words

    @property
    def period(self) -> Period:
        """How long the operator keeps it."""
        return period_named(self.setting, settings.RETENTION[self.setting])

    def last_day_due(self) -> dt.date:
        """Return the latest day whose things are due today."""
        return self.period.last_day_due(timezone.localdate())

    def find(self) -> Found:
        """Say what is due, and change nothing."""
        raise NotImplementedError

    def apply(self) -> int:
        """Let go of what is due; return how many rows."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class RowsRule(Rule):
    """A rule about rows of a model."""

    rows: Callable[[dt.date], QuerySet[Any]]  # given the last day due
    dated_by: str  # the column that is counted from
    act: Callable[[QuerySet[Any]], None] = delete_with_history

    def find(self) -> Found:
        """Say what is due, and change nothing."""
        due = self.rows(self.last_day_due()).order_by(self.dated_by, "pk")
        first = due.values_list(self.dated_by, flat=True).first()
        keys = due.values_list("pk", flat=True)[:EXAMPLES]
        return Found(due.count(), _day(first), [_shown(due.model, key) for key in keys])

    def apply(self) -> int:
        """Let go of what is due, a batch at a time, each row once."""
        due = self.rows(self.last_day_due())
        manager = due.model._base_manager
        count = 0
        for keys in _batches(due):
            self.act(manager.filter(pk__in=keys))
            count += len(keys)
        return count


@dataclass(frozen=True, kw_only=True)
class TableRule(Rule):
    """A rule about a table that has no model of ours to write with."""

    table: str
    key: str
    day: str  # the column that is counted from
    also: str = "TRUE"  # a further condition

    def find(self) -> Found:
        """Say what is due, and change nothing."""
        what = f"count(*), min({self.day}), (array_agg({self.key}::text))[:{EXAMPLES}]"
        with connection.cursor() as cursor:
            if not self._is_there(cursor):
                return Found(0)
            cursor.execute(f"SELECT {what} {self._of()}", [end_of(self.last_day_due())])
            count, oldest, keys = cursor.fetchone()
        # Other keys than numbers may hold an address.
        return Found(count, _day(oldest), [key for key in keys or [] if key.isdecimal()])

    def apply(self) -> int:
        """Delete what is due."""
        with connection.cursor() as cursor:
            if not self._is_there(cursor):
                return 0
            cursor.execute(f"DELETE {self._of()}", [end_of(self.last_day_due())])
            return int(cursor.rowcount)

    def _of(self) -> str:
        """Return the end of the statement; its parts are the project's own words."""
        return f"FROM {self.table} WHERE {self.day} < %s AND {self.also}"

    def _is_there(self, cursor: Any) -> bool:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [self.table])
        return bool(cursor.fetchone()[0])


_rules: dict[str, Rule] = {}


def register(rule: Rule) -> None:
    """Add a rule; the same slug again replaces it.

    Raises:
        ValueError: no such setting.
    """
    if rule.setting not in settings.RETENTION:
        raise ValueError(f"settings.RETENTION has no {rule.setting}.")
    _rules[rule.slug] = rule


def rules() -> list[Rule]:
    """Return every rule, by its words."""
    return sorted(_rules.values(), key=lambda rule: rule.label)


def rule_named(slug: str) -> Rule | None:
    """Return one rule; None where there is none (any more)."""
    return _rules.get(slug)


def end_of(day: dt.date) -> dt.datetime:
    """Return the moment at which a day in London is over."""
    midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min)
    return timezone.make_aware(midnight)


def _batches(due: QuerySet[Any]) -> Iterator[list[Any]]:
    """Yield keys in lists; going up, so that a row that stays due comes once."""
    last = None
    while True:
        rest = due.order_by("pk") if last is None else due.filter(pk__gt=last).order_by("pk")
        keys = list(rest.values_list("pk", flat=True)[:BATCH])
        if not keys:
            return
        yield keys
        last = keys[-1]


def _day(value: dt.date | dt.datetime | None) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return timezone.localdate(value) if timezone.is_aware(value) else value.date()
    return value


def _shown(model: type[Model], key: Any) -> str:
    """Return a row's id; of a key that opens something, its first letters alone."""
    return str(key) if isinstance(key, int) else f"{str(key)[:6]}…"
