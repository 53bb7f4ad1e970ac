"""Runs over all rules: a look beforehand, and the letting go. One at a time."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.utils import timezone

from fans.people.audit.erasing import erasing
from fans.people.models import Person
from fans.people.privacy.errors import AlreadyRunningError
from fans.people.privacy.models import RetentionRun
from fans.people.privacy.retention import Found, Rule, rules

logger = logging.getLogger(__name__)
_KEY: Final = "SELECT {}(hashtextextended('privacy.retention', 0))"


@dataclass(frozen=True)
class Due:
    """A rule, and what it would let go of today."""

    rule: Rule
    found: Found


def preview() -> list[Due]:
    """Say what each rule would let go of today; nothing is changed."""
    return [Due(rule, rule.find()) for rule in rules()]


def run(*, by: Person | None = None, dry: bool = False) -> RetentionRun:
    """Let go of all that is due, each rule whole or not at all; ``dry`` only counts.

    A rule that fails changes nothing and is named in the run; the others go on.

    Raises:
        AlreadyRunningError: somebody else is at it.
    """
    with _held() as ours:
        if not ours:
            raise AlreadyRunningError("This is being done at the moment. Look again soon.")
        row = RetentionRun.objects.create(by=by, is_dry=dry)
        for rule in rules():
            _one(row, rule)
        row.ended_at = timezone.now()
        row.full_clean()
        row.save()
    return row


def _one(row: RetentionRun, rule: Rule) -> None:
    try:
        with erasing():
            count = rule.find().count if row.is_dry else rule.apply()
    except Exception:
        logger.exception("Retention: the rule %s failed", rule.slug)
        row.failed.append(rule.slug)
    else:
        row.counts[rule.slug] = count


@contextmanager
def _held() -> Iterator[bool]:
    """Hold the job with this session; False where another session holds it."""
    with connection.cursor() as cursor:
        cursor.execute(_KEY.format("pg_try_advisory_lock"))
        (ours,) = cursor.fetchone()
    session = connection.connection
    try:
        yield bool(ours)
    finally:
        if ours and connection.connection is session and connection.is_usable():
            with connection.cursor() as cursor:
                cursor.execute(_KEY.format("pg_advisory_unlock"))
