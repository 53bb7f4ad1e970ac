"""Score the lived part of homes: after a change, where one is noted, and of all at night."""

import datetime as dt
from collections.abc import Callable, Collection
from typing import Any, Final

from django.db import connection, transaction
from django.utils import timezone

from fans.openness.lived import statements
from fans.openness.lived.models import Due, NightlyCheck
from fans.openness.lived.planned import refresh_one
from fans.openness.lived.statements import AS_STORED, SOME_HOMES, TURN

MANY: Final = 500
"""From so many homes with a note on, scoring all is quicker than one after another."""


@transaction.atomic(savepoint=False)
def hold_homes(home_ids: Collection[int]) -> None:
    """Let nobody else write these homes' logs or scores until the transaction ends.

    Locks are always taken in this order: homes by id, their open waves by id, lived
    parts. A full run shuts out all who come here, for as long as it takes.
    """
    _run(statements.HOLD, turn=TURN, home_ids=list(home_ids))


@transaction.atomic(savepoint=False)
def refresh(home_ids: Collection[int]) -> None:
    """Score some homes as they stand today, and take away the notes about them."""
    hold_homes(home_ids)
    refresh_held(home_ids)


def refresh_held(home_ids: Collection[int]) -> None:
    """Do what ``refresh`` does, for a caller that holds the homes already."""
    if len(home_ids) == 1:
        refresh_one(*home_ids, day=timezone.localdate())
        return
    text = statements.scoring(SOME_HOMES) + statements.PUT + statements.FORGET
    _run(text, day=timezone.localdate(), home_ids=list(home_ids))


def leave_notes(home_ids: Collection[int]) -> None:
    """Note that homes are to be scored, without waiting for anybody."""
    Due.objects.bulk_create(Due(home_id=home_id) for home_id in sorted(home_ids))


@transaction.atomic
def score_all(*, day: dt.date | None = None) -> int:
    """Score every home as it stands on ``day``, today unless told, in one statement.

    Returns how many homes there are. Who logs meanwhile waits until it is done.
    """
    _begin_full_run()
    Due.objects.all().delete()  # the statement below sees the changes that they note
    text = statements.scoring(statements.ALL_HOMES) + statements.PUT + statements.COUNT
    [(count,)] = _run(text, day=day or timezone.localdate())
    return int(count)


def refresh_noted(
    also: Callable[[Collection[int]], object] = lambda home_ids: None,
) -> int:
    """Score the homes that a note is about, each in a transaction; return how many.

    ``also`` is called with each home's id while it is held, before it is scored.
    """
    noted = list(Due.objects.order_by("home_id").values_list("home_id", flat=True).distinct())
    for home_id in noted:
        with transaction.atomic():
            hold_homes([home_id])
            also([home_id])
            if len(noted) <= MANY:
                refresh_held([home_id])
    if len(noted) > MANY:
        score_all()
    return len(noted)


@transaction.atomic
def check_all() -> NightlyCheck:
    """Score every home again on the day it was scored for, and keep what differs.

    A home with a noted change is left out: that it differs is known.
    """
    _begin_full_run()
    check = NightlyCheck.objects.create(homes=0, different=0)
    text = statements.scoring(AS_STORED) + statements.COMPARE
    [(check.homes, check.different)] = _run(text, check=check.pk)
    check.save()
    return check


def _begin_full_run() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [TURN])
        # Compiling costs more than it saves, and the ties of a country want some room.
        cursor.execute("SET LOCAL jit = off")
        cursor.execute("SET LOCAL work_mem = '64MB'")


def _run(text: str, **asked: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(text, {**statements.given(), **asked})
        return cursor.fetchall() if cursor.description else []
